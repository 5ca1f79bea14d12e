package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.kedge.gateway.experiments.ExperimentStore;
import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CollectGarbageResponse;
import dev.kedge.v1.CollectedGarbage;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExportExperimentRequest;
import dev.kedge.v1.File;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.ImportExperimentRequest;
import dev.kedge.v1.ImportExperimentResponse;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StorageServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class StorageApiTest extends GatewayFixture {
  private static final String OTHER = "projects/rubbish";
  private static final String ELSEWHERE = "projects/elsewhere";

  @Inject Projects projects;
  @Inject ExperimentStore kept;

  @Test
  void whatNothingNamesIsCountedAndStaysForTheTimeOfGrace() {
    projects.store("rubbish").blobs().put("nobody's".getBytes(StandardCharsets.UTF_8));

    assertThat(collect(request(false)).getRemoving()).isFalse();
    collect(request(true));
    CollectedGarbage again = collect(request(true));

    assertThat(again.getRemoving()).isTrue();
    assertThat(again.getKindsList())
        .extracting(CollectedGarbage.Kind::getKind)
        .containsExactly("progress", "stage", "artifact", "blob", "spoilt", "arrival");
    CollectedGarbage.Kind blobs = again.getKinds(3);
    assertThat(blobs.getWaiting().getCount()).isEqualTo(1);
    assertThat(blobs.getWaiting().getBytes()).isEqualTo(8);
    assertThat(blobs.getRemoved().getCount()).isZero();
    Instant next = Instant.ofEpochMilli(Timestamps.toMillis(again.getNext()));
    assertThat(next).isAfter(Instant.now().plusSeconds(7 * 86_400 - 600));
  }

  @Test
  void aGraceThatCouldTakeWhatIsJustWrittenIsRefused() {
    for (Duration grace :
        List.of(
            Durations.fromHours(23),
            Durations.ZERO,
            Duration.newBuilder().setSeconds(Long.MAX_VALUE).build())) {
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> collect(request(true).toBuilder().setGracePeriod(grace).build()));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(refused).hasMessageContaining("24 hours");
    }
  }

  @Test
  void aProjectThatIsNotThereIsNotMadeByLookingForItsGarbage() {
    CollectGarbageRequest request = request(true).toBuilder().setParent("projects/tpyo").build();

    for (int i = 0; i < 2; i++) {
      StatusRuntimeException refused =
          catchThrowableOfType(StatusRuntimeException.class, () -> collect(request));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(refused).hasMessageContaining("projects/tpyo");
    }
  }

  private CollectedGarbage collect(CollectGarbageRequest request) {
    List<CollectGarbageResponse> news = new ArrayList<>();
    StorageServiceGrpc.newBlockingStub(channel).collectGarbage(request).forEachRemaining(news::add);
    return news.get(news.size() - 1).getCollected();
  }

  private static CollectGarbageRequest request(boolean remove) {
    return CollectGarbageRequest.newBuilder().setParent(OTHER).setRemove(remove).build();
  }

  @Test
  void anExperimentIsExportedAndImportedUnderItsId() {
    Experiment kept = keep("e0000000000000001", Experiment.State.CANCELLED);
    byte[] archive = export(kept.getName());

    File file = upload(ELSEWHERE, "archive", archive);

    Experiment made = last(into(ELSEWHERE, file)).getExperiment();

    assertThat(made.getName()).isEqualTo(ELSEWHERE + "/experiments/e0000000000000001");
    assertThat(made.getOperations(0).getAction()).isEqualTo("import of " + kept.getName());
    assertThat(get(made.getName())).isEqualTo(made);
    assertThat(refusal(() -> into(ELSEWHERE, file)))
        .hasMessageContaining("is there already: delete it, or import into another project");
  }

  @Test
  void whatIsAtWorkIsNotExported() {
    Experiment kept = keep("e0000000000000002", Experiment.State.RUNNING);
    assertThat(refusal(() -> export(kept.getName())))
        .hasMessageContaining("is at work: pause it, or wait for its end, and try again");
    assertThat(refusal(() -> export(PROJECT + "/experiments/e000000000000000f")).getStatus())
        .extracting(Status::getCode)
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void whatCouldNeverBeRetriedIsNotImported() {
    String name = PROJECT + "/experiments/e0000000000000003";
    kept.add(
        Experiment.newBuilder()
            .setName(name)
            .setRequestId("r3")
            .setState(Experiment.State.PAUSED)
            .setSpec(spec())
            .addStages(Stage.newBuilder().setId("s"))
            .build());
    File file = upload(ELSEWHERE, "archive", export(name));
    StatusRuntimeException refused = refusal(() -> into(ELSEWHERE, file));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refused).hasMessageContaining("the archive's experiment cannot be planned");
  }

  @Test
  void whatIsNoArchiveIsNotImported() {
    File text = upload("notes.txt", "a text".getBytes(StandardCharsets.UTF_8));
    StatusRuntimeException refused = refusal(() -> into(PROJECT, text));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refused)
        .hasMessageContaining(
            "notes.txt cannot be imported: it is no archive of `kedge pack`: it does not begin with");
    assertThat(refusal(() -> into(PROJECT, text.toBuilder().setSize(7).build())))
        .hasMessageContaining("notes.txt is not uploaded: upload it");
    assertThat(refusal(() -> into(PROJECT, File.getDefaultInstance())).getStatus().getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  private Experiment keep(String id, Experiment.State state) {
    String name = PROJECT + "/experiments/" + id;
    Experiment experiment =
        Experiment.newBuilder().setName(name).setRequestId(id).setState(state).build();
    kept.add(experiment);
    return experiment;
  }

  private Experiment get(String name) {
    return experiments.getExperiment(GetExperimentRequest.newBuilder().setName(name).build());
  }

  private byte[] export(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    storage()
        .exportExperiment(ExportExperimentRequest.newBuilder().setName(name).build())
        .forEachRemaining(piece -> out.writeBytes(piece.getData().toByteArray()));
    return out.toByteArray();
  }

  private List<ImportExperimentResponse> into(String project, File file) {
    List<ImportExperimentResponse> news = new ArrayList<>();
    storage()
        .importExperiment(
            ImportExperimentRequest.newBuilder().setParent(project).setFile(file).build())
        .forEachRemaining(news::add);
    return news;
  }

  private static <T> T last(List<T> news) {
    return news.get(news.size() - 1);
  }

  private static StatusRuntimeException refusal(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }

  private StorageServiceGrpc.StorageServiceBlockingStub storage() {
    return StorageServiceGrpc.newBlockingStub(channel);
  }
}
