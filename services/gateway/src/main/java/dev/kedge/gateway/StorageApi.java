package dev.kedge.gateway;

import dev.kedge.gateway.storage.ExperimentArchives;
import dev.kedge.gateway.storage.Garbage;
import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CollectGarbageResponse;
import dev.kedge.v1.ExportExperimentRequest;
import dev.kedge.v1.ExportExperimentResponse;
import dev.kedge.v1.ImportExperimentRequest;
import dev.kedge.v1.ImportExperimentResponse;
import dev.kedge.v1.StorageServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code kedge.v1.StorageService}. */
@GrpcService
@Blocking
public class StorageApi extends StorageServiceGrpc.StorageServiceImplBase {
  private final Garbage garbage;
  private final ExperimentArchives archives;

  StorageApi(Garbage garbage, ExperimentArchives archives) {
    this.garbage = garbage;
    this.archives = archives;
  }

  @Override
  public void collectGarbage(
      CollectGarbageRequest request, StreamObserver<CollectGarbageResponse> to) {
    Answers.many(to, send -> garbage.collect(request, send));
  }

  @Override
  public void exportExperiment(
      ExportExperimentRequest request, StreamObserver<ExportExperimentResponse> to) {
    Answers.many(to, send -> archives.pack(request, send));
  }

  @Override
  public void importExperiment(
      ImportExperimentRequest request, StreamObserver<ImportExperimentResponse> to) {
    Answers.many(to, send -> archives.unpack(request, send));
  }
}
