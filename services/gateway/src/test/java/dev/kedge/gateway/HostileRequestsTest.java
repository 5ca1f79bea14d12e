package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import dev.kedge.fuzzing.Answer;
import dev.kedge.fuzzing.Heap;
import dev.kedge.fuzzing.HostileCalls;
import dev.kedge.fuzzing.HostileCalls.Manner;
import dev.kedge.fuzzing.HostileMessages;
import dev.kedge.v1.CancelExperimentRequest;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CompareExperimentsRequest;
import dev.kedge.v1.DeleteExperimentRequest;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExportCheckpointRequest;
import dev.kedge.v1.ExportExperimentRequest;
import dev.kedge.v1.File;
import dev.kedge.v1.ForkExperimentRequest;
import dev.kedge.v1.GetCheckpointRequest;
import dev.kedge.v1.GetDatasetVersionRequest;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.GetModelVersionRequest;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.GetStageRequest;
import dev.kedge.v1.ImportDatasetRequest;
import dev.kedge.v1.ImportExperimentRequest;
import dev.kedge.v1.ImportModelRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.ListDatasetsRequest;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.ListModelsRequest;
import dev.kedge.v1.ListPredictionsRequest;
import dev.kedge.v1.PauseExperimentRequest;
import dev.kedge.v1.PlanExperimentRequest;
import dev.kedge.v1.PromoteCheckpointRequest;
import dev.kedge.v1.ResumeExperimentRequest;
import dev.kedge.v1.RetryStageRequest;
import dev.kedge.v1.SkipStageRequest;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.WatchExperimentRequest;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand requests that nobody means well with, to every method: each is answered with a
 * status that says whose fault it is, nothing of the inside comes out, and nothing stays behind.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class HostileRequestsTest extends GatewayFixture {
  private static final long SEED = Long.getLong("kedge.fuzz.seed", 1);
  private static final int REQUESTS = Integer.getInteger("kedge.fuzz.requests", 10_000);
  private static final String WATCH = "WatchExperiment";
  private static final int SLOW_ONES = 50;
  private static final long KEPT_BYTES = 48L << 20;

  /** What a client may be told; a fault of Kedge is not among it. */
  private static final Set<Status.Code> RIGHT =
      EnumSet.of(
          Status.Code.OK,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.NOT_FOUND,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.ABORTED,
          Status.Code.RESOURCE_EXHAUSTED);

  /** Calls that an orchestrator answers, which is not there. */
  private static final Set<String> UNANSWERED =
      Set.of("CancelExperiment", "PauseExperiment", "ResumeExperiment", "RetryStage", "SkipStage");

  @Inject @Any Instance<BindableService> services;

  private Experiment experiment;
  private Map<String, Message> meant;
  private List<String> names;

  @BeforeEach
  void thingsToAskFor() {
    String model = model("clip-base", clip()).getArtifact();
    String data = dataset("photo", "cat/1.jpg", "dog/1.jpg").getArtifact();
    dataset("art", "cat/2.jpg", "dog/2.jpg");
    experiment = experiments.launchExperiment(launch());
    String stage = experiment.getStages(0).getName();
    String checkpoint = PROJECT + "/checkpoints/" + model.substring("sha256:".length());
    names =
        List.of(
            PROJECT,
            experiment.getName(),
            stage,
            checkpoint,
            PROJECT + "/models/clip-base",
            PROJECT + "/models/clip-base/versions/1",
            PROJECT + "/datasets/photo",
            "models/clip-base",
            "datasets/photo",
            model,
            data);
    meant = meant(stage, checkpoint);
  }

  /** The transport cuts it off: there is no one left to say why. */
  @Test
  void aMessageThatIsTooLongIsCutOffAndTheNextIsAnswered() {
    LaunchExperimentRequest tooLong =
        LaunchExperimentRequest.newBuilder()
            .setParent(PROJECT)
            .setDisplayName("x".repeat(9 << 20))
            .build();
    assertThatThrownBy(() -> experiments.launchExperiment(tooLong))
        .isInstanceOf(StatusRuntimeException.class);
    assertThat(
            experiments.getExperiment(
                GetExperimentRequest.newBuilder().setName(experiment.getName()).build()))
        .isNotNull();
  }

  @Test
  void everyRequestIsAnsweredRightlyAndNothingStaysBehind() throws Exception {
    List<MethodDescriptor<?, ?>> methods = methods();
    assertThat(methods)
        .extracting(MethodDescriptor::getBareMethodName)
        .hasSameElementsAs(meant.keySet());
    Random random = new Random(SEED);
    try (var calls =
        new HostileCalls(address.getHost(), address.getPort(), HostileRequestsTest::isRight)) {
      // What is loaded and kept on first use is no leak.
      send(calls, methods, random, REQUESTS / 10);
      assertThat(calls.faults()).as("seed %d", SEED).isEmpty();
      long before = Heap.bytesKept();

      send(calls, methods, random, REQUESTS);

      assertThat(calls.faults()).as("seed %d", SEED).isEmpty();
      assertThat(Heap.bytesKept() - before).as("bytes that stayed").isLessThan(KEPT_BYTES);
    }
    assertThat(
            experiments
                .getExperiment(
                    GetExperimentRequest.newBuilder().setName(experiment.getName()).build())
                .getSpec())
        .isEqualTo(experiment.getSpec());
  }

  /** A watch that has told everything waits for more. */
  private static boolean isRight(Answer answer) {
    return switch (answer.code()) {
      case DEADLINE_EXCEEDED -> answer.method().equals(WATCH);
      case UNAVAILABLE -> UNANSWERED.contains(answer.method());
      default -> RIGHT.contains(answer.code());
    };
  }

  private void send(
      HostileCalls calls, List<MethodDescriptor<?, ?>> methods, Random random, int count)
      throws InterruptedException {
    var hostile = new HostileMessages(random, names);
    for (int i = 0; i < count; i++) {
      MethodDescriptor<?, ?> method = methods.get(i % methods.size());
      if (isSlow(method) && i / methods.size() % SLOW_ONES != 0) {
        continue;
      }
      List<byte[]> messages = new ArrayList<>();
      int pieces = method.getType().clientSendsOneMessage() ? 1 : random.nextInt(5);
      for (int j = 0; j < pieces; j++) {
        messages.add(hostile.next(meant.get(method.getBareMethodName())));
      }
      calls.send(method, messages, manner(method, random));
    }
  }

  private static Manner manner(MethodDescriptor<?, ?> method, Random random) {
    if (random.nextInt(25) == 0) {
      return Manner.CUT_OFF;
    }
    return WATCH.equals(method.getBareMethodName()) ? Manner.FIRST_ANSWER : Manner.TO_THE_END;
  }

  /** Without an orchestrator each look at the system waits for one until its patience ends. */
  private static boolean isSlow(MethodDescriptor<?, ?> method) {
    return "CheckSystem".equals(method.getBareMethodName());
  }

  /** All that the gateway serves of Kedge's. */
  private List<MethodDescriptor<?, ?>> methods() {
    return services.stream()
        .map(service -> service.bindService().getServiceDescriptor())
        .filter(service -> service.getName().startsWith("kedge.v1."))
        .map(ServiceDescriptor::getMethods)
        .flatMap(Collection::stream)
        .<MethodDescriptor<?, ?>>map(method -> method)
        .toList();
  }

  private Map<String, Message> meant(String stage, String checkpoint) {
    String name = experiment.getName();
    Map<String, Message> requests = new LinkedHashMap<>();
    requests.put("LaunchExperiment", launch());
    requests.put(
        "PlanExperiment",
        PlanExperimentRequest.newBuilder().setParent(PROJECT).setSpec(spec()).build());
    requests.put("GetExperiment", GetExperimentRequest.newBuilder().setName(name).build());
    requests.put("GetStage", GetStageRequest.newBuilder().setName(stage).build());
    requests.put(
        "ListExperiments",
        ListExperimentsRequest.newBuilder().setParent(PROJECT).setPageSize(2).build());
    requests.put("WatchExperiment", WatchExperimentRequest.newBuilder().setName(name).build());
    requests.put(
        "CancelExperiment",
        CancelExperimentRequest.newBuilder().setName(PROJECT + "/experiments/none").build());
    requests.put(
        "PauseExperiment",
        PauseExperimentRequest.newBuilder().setName(PROJECT + "/experiments/none").build());
    requests.put(
        "ResumeExperiment",
        ResumeExperimentRequest.newBuilder().setName(PROJECT + "/experiments/none").build());
    requests.put("DeleteExperiment", DeleteExperimentRequest.newBuilder().setName(name).build());
    requests.put(
        "RetryStage",
        RetryStageRequest.newBuilder()
            .setName(PROJECT + "/experiments/none/stages/train-full")
            .putChanges("optimisation.epochs", "2")
            .build());
    requests.put(
        "SkipStage",
        SkipStageRequest.newBuilder().setName(PROJECT + "/experiments/none/stages/x").build());
    requests.put(
        "ForkExperiment",
        ForkExperimentRequest.newBuilder()
            .setName(name)
            .setRequestId("fork")
            .putChanges("training.epochs", "2")
            .putChanges("methods[1]", "{\"id\": \"lp\", \"lp\": {}}")
            .build());
    requests.put("CheckSystem", CheckSystemRequest.newBuilder().setTime(Timestamps.now()).build());
    requests.put(
        "CollectGarbage",
        CollectGarbageRequest.newBuilder().setParent(PROJECT).setRemove(true).build());
    requests.put("ExportExperiment", ExportExperimentRequest.newBuilder().setName(name).build());
    requests.put(
        "ImportExperiment",
        ImportExperimentRequest.newBuilder()
            .setParent(PROJECT)
            .setFile(importModel().getFiles(0))
            .build());
    requests.put("GetReport", GetReportRequest.newBuilder().setName(name).setHtml(true).build());
    requests.put(
        "CompareExperiments",
        CompareExperimentsRequest.newBuilder()
            .setName(name)
            .setOther(PROJECT + "/experiments/none")
            .build());
    requests.put(
        "ListPredictions",
        ListPredictionsRequest.newBuilder().setName(name).setSuite("art").build());
    requests.put(
        "UploadBlob",
        UploadBlobRequest.newBuilder().setData(ByteString.copyFromUtf8("bytes")).build());
    requests.put("ImportModel", importModel());
    requests.put(
        "ImportDataset",
        ImportDatasetRequest.newBuilder()
            .setParent(PROJECT)
            .setDatasetId("fuzzed")
            .addFiles(File.newBuilder().setPath("cat/1.jpg").setDigest("sha256:0").setSize(3))
            .build());
    requests.put(
        "GetModelVersion",
        GetModelVersionRequest.newBuilder().setName(PROJECT + "/models/clip-base").build());
    requests.put("ListModels", ListModelsRequest.newBuilder().setParent(PROJECT).build());
    requests.put(
        "GetDatasetVersion",
        GetDatasetVersionRequest.newBuilder().setName(PROJECT + "/datasets/photo").build());
    requests.put("ListDatasets", ListDatasetsRequest.newBuilder().setParent(PROJECT).build());
    requests.put("GetCheckpoint", GetCheckpointRequest.newBuilder().setName(checkpoint).build());
    requests.put(
        "ExportCheckpoint", ExportCheckpointRequest.newBuilder().setName(checkpoint).build());
    requests.put(
        "PromoteCheckpoint",
        PromoteCheckpointRequest.newBuilder().setName(checkpoint).setModelId("promoted").build());
    return requests;
  }

  /** Files that are there, though not what they are called. */
  private ImportModelRequest importModel() {
    return ImportModelRequest.newBuilder()
        .setParent(PROJECT)
        .setModelId("fuzzed")
        .addFiles(upload("config.json", new byte[] {'{'}))
        .addFiles(upload("model.safetensors", new byte[] {1, 2, 3}))
        .build();
  }

  private static LaunchExperimentRequest launch() {
    return LaunchExperimentRequest.newBuilder()
        .setParent(PROJECT)
        .setSpec(spec())
        .setRequestId(UUID.randomUUID().toString())
        .build();
  }
}
