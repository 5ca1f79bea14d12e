package dev.kedge.stage;

import static dev.kedge.stage.ScriptedExecutor.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus sees of a stage service, before and after. */
@QuarkusTest
@QuarkusTestResource(EmbeddedStore.class)
@Timeout(60)
class StageMetricsTest {
  private static final String KIND = "kind=\"PREPARE\"";

  @TestHTTPResource private URI address;

  @TestHTTPResource(management = true)
  private URI management;

  @Inject ServedExecutor executor;
  private ManagedChannel channel;
  private Scrape before;

  @BeforeEach
  void connect() throws Exception {
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", address.getPort()).usePlaintext().build();
    executor.does(ScriptedExecutor::text);
    before = Scrape.of(management);
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private Caller run(RunRequest request) {
    Caller caller = new Caller();
    StageServiceGrpc.newStub(channel).run(request, caller);
    return caller;
  }

  private double more(String name, String... labels) throws IOException, InterruptedException {
    return Scrape.of(management).sum(name, labels) - before.sum(name, labels);
  }

  @Test
  void aStageThatRanIsCountedByItsKindAndOutcome() throws Exception {
    RunRequest request = Requests.fresh();
    executor.does(
        context -> {
          Thread.sleep(300);
          return ScriptedExecutor.text(context);
        });
    run(request).last();
    run(request).last();

    assertThat(more("kedge_stage_seconds_count", KIND, "outcome=\"committed\"")).isEqualTo(1);
    assertThat(more("kedge_stage_seconds_count", KIND, "outcome=\"cached\"")).isEqualTo(1);
    assertThat(more("kedge_stage_seconds_sum", KIND, "outcome=\"committed\"")).isBetween(0.3, 20.0);
    assertThat(more("kedge_stage_claims_total", KIND, "attempt=\"first\"")).isEqualTo(1);
    assertThat(more("kedge_stage_failures_total")).isZero();
  }

  @Test
  void aFailedStageIsCountedByItsReason() throws Exception {
    executor.does(
        context -> {
          throw StageException.user("NO_CLASSES", "the data set x has no class: give it one");
        });
    RunRequest request = Requests.fresh();
    run(request).failure();
    run(request).failure();

    assertThat(more("kedge_stage_failures_total", KIND, "reason=\"NO_CLASSES\"", "blame=\"USER\""))
        .isEqualTo(2);
    assertThat(more("kedge_stage_seconds_count", KIND, "outcome=\"failed\"")).isEqualTo(2);
    assertThat(more("kedge_stage_claims_total", KIND, "attempt=\"again\"")).isEqualTo(1);
  }

  @Test
  void aRequestThatIsRefusedIsCountedByItsReason() throws Exception {
    run(Requests.fresh().toBuilder().clearRequester().build()).failure();

    assertThat(more("kedge_stage_refusals_total", "reason=\"BAD_REQUESTER\"")).isEqualTo(1);
  }

  @Test
  void stagesThatComputeAndStagesThatWaitForASlotAreToldApart() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    executor.does(until(done));
    Caller computing = run(Requests.fresh());
    computing.await(StageEvent::hasProgress);
    Caller waiting = run(Requests.fresh());
    waiting.await(event -> event.getLog().getText().contains("waits for a compute slot"));

    Scrape now = Scrape.of(management);
    assertThat(now.sum("kedge_stage_slots")).isEqualTo(1);
    assertThat(now.sum("kedge_stage_computing_seconds_active_count", KIND)).isEqualTo(1);
    assertThat(now.sum("kedge_stage_waiting_seconds_active_count", KIND)).isEqualTo(1);
    done.countDown();
    computing.last();
    waiting.last();
    assertThat(Scrape.of(management).sum("kedge_stage_computing_seconds_active_count", KIND))
        .isZero();
    assertThat(Scrape.of(management).sum("kedge_stage_waiting_seconds_active_count", KIND))
        .isZero();
  }

  @Test
  void workIsCountedAsTheStageTellsIt() throws Exception {
    executor.does(
        context -> {
          context.progress(10, 30, "records", Map.of());
          context.progress(30, 30, "records", Map.of());
          context.progress(5, 5, "records", Map.of());
          context.worked("samples", 64);
          return ScriptedExecutor.text(context);
        });
    run(Requests.fresh()).last();

    assertThat(more("kedge_stage_work_total", KIND, "unit=\"records\"")).isEqualTo(35);
    assertThat(more("kedge_stage_work_total", KIND, "unit=\"samples\"")).isEqualTo(64);
  }

  @Test
  void requestsToTheStoreAndTheirBytesAreCounted() throws Exception {
    run(Requests.fresh()).last();

    assertThat(more("kedge_store_request_seconds_count", "operation=\"put\"", "outcome=\"ok\""))
        .isPositive();
    assertThat(
            more("kedge_store_request_seconds_count", "operation=\"get\"", "outcome=\"not_found\""))
        .isPositive();
    assertThat(more("kedge_store_bytes_total", "direction=\"written\"")).isGreaterThan(64);
  }

  @Test
  void whatAlarmsWaitForIsThereFromTheBeginning() {
    assertThat(before.has("kedge_stage_failures_total", KIND, "blame=\"INTERNAL\"")).isTrue();
    assertThat(before.has("kedge_stage_failures_total", KIND, "STAGE_LEASE_LOST")).isTrue();
    assertThat(before.has("kedge_stage_claims_total", KIND, "attempt=\"again\"")).isTrue();
    assertThat(before.has("kedge_stage_refusals_total", "reason=\"KEY_MISMATCH\"")).isTrue();
  }

  @Test
  void nothingThatNamesAnExperimentIsALabel() throws Exception {
    run(Requests.fresh()).last();

    assertThat(Scrape.of(management).text()).doesNotContain("experiments/a", "stage=\"s\"");
  }
}
