package dev.kedge.cli;

import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.kedge.v1.CancelExperimentRequest;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CollectGarbageResponse;
import dev.kedge.v1.CollectedGarbage;
import dev.kedge.v1.CollectionProgress;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.DeleteExperimentRequest;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.ExportCheckpointRequest;
import dev.kedge.v1.ExportCheckpointResponse;
import dev.kedge.v1.ForkExperimentRequest;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.GetReportResponse;
import dev.kedge.v1.GetStageRequest;
import dev.kedge.v1.ImportDatasetRequest;
import dev.kedge.v1.ImportModelRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.ListExperimentsResponse;
import dev.kedge.v1.ListPredictionsRequest;
import dev.kedge.v1.ListPredictionsResponse;
import dev.kedge.v1.ModelVersion;
import dev.kedge.v1.PauseExperimentRequest;
import dev.kedge.v1.PlanExperimentRequest;
import dev.kedge.v1.PlanExperimentResponse;
import dev.kedge.v1.PlannedStage;
import dev.kedge.v1.PromoteCheckpointRequest;
import dev.kedge.v1.RegistryServiceGrpc;
import dev.kedge.v1.Report;
import dev.kedge.v1.ResumeExperimentRequest;
import dev.kedge.v1.RetryStageRequest;
import dev.kedge.v1.SkipStageRequest;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StorageServiceGrpc;
import dev.kedge.v1.SystemServiceGrpc;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.UploadBlobResponse;
import dev.kedge.v1.WatchExperimentRequest;
import dev.kedge.v1.WatchExperimentResponse;
import dev.kedge.v1.Workload;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The public API with canned answers; keeps what it was asked. */
final class TestingGateway {
  final Map<String, byte[]> blobs = new TreeMap<>();
  final List<Object> requests = new ArrayList<>();
  final List<WatchExperimentResponse> events = new ArrayList<>();
  Experiment experiment = Experiment.getDefaultInstance();

  /** What it would be if it was moved. */
  Experiment foreseen = Experiment.getDefaultInstance();

  CheckSystemResponse health = CheckSystemResponse.getDefaultInstance();

  /** On the last page of a list, in place of the one. */
  List<Experiment> others = List.of();

  Report report = Report.getDefaultInstance();
  CollectedGarbage garbage = CollectedGarbage.getDefaultInstance();
  List<ListPredictionsResponse> predictions = List.of();
  List<ExportCheckpointResponse> export = List.of();

  /** By the checkpoint's name, where it is another. */
  final Map<String, List<ExportCheckpointResponse>> exports = new TreeMap<>();

  List<FieldViolation> violations = List.of();
  Status refusal = Status.OK;

  /** The watch stream breaks after so many events, so many times. */
  int breakAfter = Integer.MAX_VALUE;

  int breaks = 1;

  final class Experiments extends ExperimentServiceGrpc.ExperimentServiceImplBase {
    @Override
    public void launchExperiment(LaunchExperimentRequest request, StreamObserver<Experiment> to) {
      if (!violations.isEmpty()) {
        to.onError(StatusProto.toStatusRuntimeException(badRequest()));
        return;
      }
      answer(request, experiment, to);
    }

    @Override
    public void planExperiment(
        PlanExperimentRequest request, StreamObserver<PlanExperimentResponse> to) {
      answer(
          request,
          PlanExperimentResponse.newBuilder()
              .addStages(planned("prepare-photo", PlannedStage.Outcome.CACHED, "result is intact"))
              .addStages(planned("train-full", PlannedStage.Outcome.WILL_RUN, "no result for 12"))
              .setWorkload(
                  Workload.newBuilder()
                      .setTrainings(5)
                      .setLearntSamples(16_500)
                      .setTestedSamples(2_022)
                      .setStoredBytes(19_000_001))
              .build(),
          to);
    }

    @Override
    public void getExperiment(GetExperimentRequest request, StreamObserver<Experiment> to) {
      answer(request, experiment, to);
    }

    @Override
    public void getStage(GetStageRequest request, StreamObserver<Stage> to) {
      Stage found =
          experiment.getStagesList().stream()
              .filter(stage -> request.getName().endsWith("/stages/" + stage.getId()))
              .findFirst()
              .orElse(experiment.getStages(0));
      answer(request, found, to);
    }

    @Override
    public void listExperiments(
        ListExperimentsRequest request, StreamObserver<ListExperimentsResponse> to) {
      var page = ListExperimentsResponse.newBuilder();
      boolean first = request.getPageToken().isEmpty();
      List<Experiment> found = first || others.isEmpty() ? List.of(experiment) : others;
      found.stream()
          .filter(each -> !request.getFilter().startsWith("title") || isTitled(each, request))
          .forEach(page::addExperiments);
      answer(request, page.setNextPageToken(first ? "2" : "").build(), to);
    }

    private static boolean isTitled(Experiment experiment, ListExperimentsRequest request) {
      return request.getFilter().equals("title = \"" + experiment.getDisplayName() + "\"");
    }

    @Override
    public void watchExperiment(
        WatchExperimentRequest request, StreamObserver<WatchExperimentResponse> to) {
      requests.add(request);
      int from = request.getCursor().isEmpty() ? 0 : Integer.parseInt(request.getCursor());
      for (int i = from; i < events.size(); i++) {
        if (i == breakAfter && breaks > 0) {
          breaks--;
          to.onError(Status.UNAVAILABLE.asRuntimeException());
          return;
        }
        to.onNext(events.get(i).toBuilder().setCursor(String.valueOf(i + 1)).build());
      }
      to.onCompleted();
    }

    @Override
    public void cancelExperiment(CancelExperimentRequest request, StreamObserver<Experiment> to) {
      answer(request, experiment, to);
    }

    @Override
    public void pauseExperiment(PauseExperimentRequest request, StreamObserver<Experiment> to) {
      answer(request, experiment, to);
    }

    @Override
    public void resumeExperiment(ResumeExperimentRequest request, StreamObserver<Experiment> to) {
      answer(request, experiment, to);
    }

    @Override
    public void deleteExperiment(DeleteExperimentRequest request, StreamObserver<Empty> to) {
      answer(request, Empty.getDefaultInstance(), to);
    }

    @Override
    public void retryStage(RetryStageRequest request, StreamObserver<Experiment> to) {
      answer(request, experiment, to);
    }

    @Override
    public void skipStage(SkipStageRequest request, StreamObserver<Experiment> to) {
      answer(request, request.getValidateOnly() ? foreseen : experiment, to);
    }

    @Override
    public void forkExperiment(ForkExperimentRequest request, StreamObserver<Experiment> to) {
      answer(request, experiment, to);
    }

    @Override
    public void getReport(GetReportRequest request, StreamObserver<GetReportResponse> to) {
      answer(
          request,
          GetReportResponse.newBuilder()
              .setReport(report)
              .setHtml(request.getHtml() ? "<html/>" : "")
              .setCsv(request.getCsv() ? "point,value\nbase,1\n" : "")
              .setMarkdown(request.getMarkdown() ? "# Title\n" : "")
              .build(),
          to);
    }

    @Override
    public void listPredictions(
        ListPredictionsRequest request, StreamObserver<ListPredictionsResponse> to) {
      requests.add(request);
      predictions.forEach(to::onNext);
      to.onCompleted();
    }
  }

  final class Platform extends SystemServiceGrpc.SystemServiceImplBase {
    @Override
    public void checkSystem(CheckSystemRequest request, StreamObserver<CheckSystemResponse> to) {
      answer(request, health, to);
    }
  }

  final class Registry extends RegistryServiceGrpc.RegistryServiceImplBase {
    @Override
    public StreamObserver<UploadBlobRequest> uploadBlob(StreamObserver<UploadBlobResponse> to) {
      return new Receiving(to);
    }

    @Override
    public void importModel(ImportModelRequest request, StreamObserver<Operation> to) {
      ModelVersion version =
          ModelVersion.newBuilder()
              .setName(request.getParent() + "/models/" + request.getModelId() + "/versions/1")
              .setFamily("clip")
              .setParameters(1_234_567)
              .setArtifact("sha256:ab")
              .build();
      answer(request, done(Any.pack(version)), to);
    }

    @Override
    public void importDataset(ImportDatasetRequest request, StreamObserver<Operation> to) {
      DatasetVersion version =
          DatasetVersion.newBuilder()
              .setName(request.getParent() + "/datasets/" + request.getDatasetId() + "/versions/1")
              .addAllClasses(List.of("cat", "dog"))
              .setRecords(3)
              .setArtifact("sha256:cd")
              .build();
      answer(request, done(Any.pack(version)), to);
    }

    @Override
    public void exportCheckpoint(
        ExportCheckpointRequest request, StreamObserver<ExportCheckpointResponse> to) {
      requests.add(request);
      exports.getOrDefault(request.getName(), export).forEach(to::onNext);
      to.onCompleted();
    }

    @Override
    public void promoteCheckpoint(
        PromoteCheckpointRequest request, StreamObserver<ModelVersion> to) {
      answer(
          request,
          ModelVersion.newBuilder()
              .setName("projects/p/models/" + request.getModelId() + "/versions/1")
              .addAliases(request.getAlias())
              .setExperiment(request.getExperiment())
              .build(),
          to);
    }
  }

  final class Storage extends StorageServiceGrpc.StorageServiceImplBase {
    @Override
    public void collectGarbage(
        CollectGarbageRequest request, StreamObserver<CollectGarbageResponse> to) {
      to.onNext(
          CollectGarbageResponse.newBuilder()
              .setProgress(CollectionProgress.newBuilder().setDoing("listing").setDone(1_000))
              .build());
      answer(request, CollectGarbageResponse.newBuilder().setCollected(garbage).build(), to);
    }
  }

  /** One upload. */
  private final class Receiving implements StreamObserver<UploadBlobRequest> {
    private final StreamObserver<UploadBlobResponse> to;
    private ByteString bytes = ByteString.EMPTY;

    Receiving(StreamObserver<UploadBlobResponse> to) {
      this.to = to;
    }

    @Override
    public void onNext(UploadBlobRequest piece) {
      bytes = bytes.concat(piece.getData());
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {
      if (!refusal.isOk()) {
        to.onError(refusal.asRuntimeException());
        return;
      }
      String digest = digest(bytes.toByteArray());
      blobs.put(digest, bytes.toByteArray());
      to.onNext(UploadBlobResponse.newBuilder().setDigest(digest).setSize(bytes.size()).build());
      to.onCompleted();
    }
  }

  static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private <T> void answer(Object request, T answer, StreamObserver<T> to) {
    requests.add(request);
    if (refusal.isOk()) {
      to.onNext(answer);
      to.onCompleted();
    } else {
      to.onError(refusal.asRuntimeException());
    }
  }

  private com.google.rpc.Status badRequest() {
    return com.google.rpc.Status.newBuilder()
        .setCode(Status.Code.INVALID_ARGUMENT.value())
        .setMessage("the experiment file has problems")
        .addDetails(Any.pack(BadRequest.newBuilder().addAllFieldViolations(violations).build()))
        .build();
  }

  private static Operation done(Any response) {
    return Operation.newBuilder().setDone(true).setResponse(response).build();
  }

  private static PlannedStage planned(String id, PlannedStage.Outcome outcome, String because) {
    return PlannedStage.newBuilder()
        .setId(id)
        .setKind("TRAIN")
        .setOutcome(outcome)
        .setBecause(because)
        .build();
  }
}
