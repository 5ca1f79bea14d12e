package dev.kedge.gateway;

import com.google.longrunning.Operation;
import dev.kedge.gateway.experiments.Promotions;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.registry.Checkpoints;
import dev.kedge.gateway.registry.DatasetRegistry;
import dev.kedge.gateway.registry.ImportOperations;
import dev.kedge.gateway.registry.ModelRegistry;
import dev.kedge.gateway.registry.Uploads;
import dev.kedge.v1.Checkpoint;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.ExportCheckpointRequest;
import dev.kedge.v1.ExportCheckpointResponse;
import dev.kedge.v1.GetCheckpointRequest;
import dev.kedge.v1.GetDatasetVersionRequest;
import dev.kedge.v1.GetModelVersionRequest;
import dev.kedge.v1.ImportDatasetRequest;
import dev.kedge.v1.ImportModelRequest;
import dev.kedge.v1.ListDatasetsRequest;
import dev.kedge.v1.ListDatasetsResponse;
import dev.kedge.v1.ListModelsRequest;
import dev.kedge.v1.ListModelsResponse;
import dev.kedge.v1.ModelVersion;
import dev.kedge.v1.PromoteCheckpointRequest;
import dev.kedge.v1.RegistryServiceGrpc;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.UploadBlobResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code kedge.v1.RegistryService}. */
@GrpcService
@Blocking
public class RegistryApi extends RegistryServiceGrpc.RegistryServiceImplBase {
  private final Uploads uploads;
  private final ModelRegistry models;
  private final DatasetRegistry datasets;
  private final Checkpoints checkpoints;
  private final Promotions promotions;
  private final ImportOperations operations;

  RegistryApi(
      Uploads uploads,
      ModelRegistry models,
      DatasetRegistry datasets,
      Checkpoints checkpoints,
      Promotions promotions,
      ImportOperations operations) {
    this.uploads = uploads;
    this.models = models;
    this.datasets = datasets;
    this.checkpoints = checkpoints;
    this.promotions = promotions;
    this.operations = operations;
  }

  @Override
  public StreamObserver<UploadBlobRequest> uploadBlob(StreamObserver<UploadBlobResponse> to) {
    return uploads.receive(to);
  }

  @Override
  public void importModel(ImportModelRequest request, StreamObserver<Operation> to) {
    Answers.one(
        to,
        () -> operations.done(ProjectName.parse(request.getParent()), models.register(request)));
  }

  @Override
  public void importDataset(ImportDatasetRequest request, StreamObserver<Operation> to) {
    Answers.one(
        to,
        () -> operations.done(ProjectName.parse(request.getParent()), datasets.register(request)));
  }

  @Override
  public void getModelVersion(GetModelVersionRequest request, StreamObserver<ModelVersion> to) {
    Answers.one(to, () -> models.get(request));
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> to) {
    Answers.one(to, () -> models.list(request));
  }

  @Override
  public void getDatasetVersion(
      GetDatasetVersionRequest request, StreamObserver<DatasetVersion> to) {
    Answers.one(to, () -> datasets.get(request));
  }

  @Override
  public void listDatasets(ListDatasetsRequest request, StreamObserver<ListDatasetsResponse> to) {
    Answers.one(to, () -> datasets.list(request));
  }

  @Override
  public void getCheckpoint(GetCheckpointRequest request, StreamObserver<Checkpoint> to) {
    Answers.one(to, () -> checkpoints.get(request.getName()));
  }

  @Override
  public void exportCheckpoint(
      ExportCheckpointRequest request, StreamObserver<ExportCheckpointResponse> to) {
    Answers.many(to, send -> checkpoints.export(request.getName(), send));
  }

  @Override
  public void promoteCheckpoint(PromoteCheckpointRequest request, StreamObserver<ModelVersion> to) {
    Answers.one(to, () -> promotions.promote(request));
  }
}
