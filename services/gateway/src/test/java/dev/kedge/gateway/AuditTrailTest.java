package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.v1.CancelExperimentRequest;
import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CompareExperimentsRequest;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.ListPredictionsRequest;
import dev.kedge.v1.RetryStageRequest;
import dev.kedge.v1.SkipStageRequest;
import dev.kedge.v1.StorageServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class AuditTrailTest extends GatewayFixture {
  private static final Logger LOG = Logger.getLogger(AuditTrail.NAME);

  private record Line(String text, Map<String, Object> fields) {}

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final Handler ear =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          String text = String.format(line.getMessage(), line.getParameters());
          lines.add(new Line(text, Map.copyOf(MDC.getMap())));
        }

        @Override
        public void flush() {
          // Nothing is held back.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(ear);
  }

  @AfterEach
  void listenNoMore() {
    LOG.removeHandler(ear);
  }

  @Test
  void whatSomebodyMakesHasItsNameInTheTrail() {
    model("audited", clip());

    assertThat(lines)
        .extracting(Line::text)
        .anyMatch(line -> line.matches("ImportModel .+ by anonymous from 127\\.0\\.0\\.1: OK"));
  }

  @Test
  void whatWasRefusedIsInItTooAndNoNameEndsTheLine() {
    String name = PROJECT + "/experiments/none";
    assertThatThrownBy(() -> cancel(name)).isNotNull();
    assertThatThrownBy(() -> cancel("a\nFAKE b")).isNotNull();
    RetryStageRequest retry =
        RetryStageRequest.newBuilder().setName(name + "/stages/train-full").build();
    assertThatThrownBy(() -> experiments.retryStage(retry)).isNotNull();

    assertThat(lines)
        .extracting(Line::text)
        .containsExactly(
            "CancelExperiment projects/p/experiments/none by anonymous from 127.0.0.1: NOT_FOUND",
            "CancelExperiment a?FAKE b by anonymous from 127.0.0.1: INVALID_ARGUMENT",
            "RetryStage projects/p/experiments/none/stages/train-full by anonymous from 127.0.0.1: NOT_FOUND");
    assertThat(lines.get(0).fields())
        .containsEntry("action", "CancelExperiment")
        .containsEntry("subject", name)
        .containsEntry("from", "127.0.0.1")
        .hasEntrySatisfying("status", status -> assertThat(status).hasToString("NOT_FOUND"));
  }

  @Test
  void whoReadsLeavesNoTrace() {
    assertThatThrownBy(
            () ->
                experiments.getExperiment(
                    GetExperimentRequest.newBuilder().setName("projects/p/experiments/x").build()))
        .isNotNull();
    assertThat(lines).isEmpty();
  }

  @Test
  void whoTakesACopyOfAReportOrOfPredictionsLeavesATrail() {
    String name = "projects/p/experiments/none";
    assertThatThrownBy(
            () -> experiments.getReport(GetReportRequest.newBuilder().setName(name).build()))
        .isNotNull();
    assertThatThrownBy(
            () ->
                experiments
                    .listPredictions(ListPredictionsRequest.newBuilder().setName(name).build())
                    .hasNext())
        .isNotNull();
    assertThat(lines)
        .extracting(Line::text)
        .hasSize(2)
        .allMatch(line -> line.contains(name + " by anonymous from 127.0.0.1: "))
        .anyMatch(line -> line.startsWith("GetReport "))
        .anyMatch(line -> line.startsWith("ListPredictions "));
  }

  @Test
  void whoComparesLeavesBothNamesAlsoOnAPage() throws Exception {
    CompareExperimentsRequest request =
        CompareExperimentsRequest.newBuilder()
            .setName(PROJECT + "/experiments/a")
            .setOther(PROJECT + "/experiments/b")
            .build();
    assertThatThrownBy(() -> experiments.compareExperiments(request)).isNotNull();
    URI page =
        URI.create(
            "http://%s:%d/%s/compare?experiment=a&experiment=b"
                .formatted(address.getHost(), address.getPort(), PROJECT));
    HttpRequest look = HttpRequest.newBuilder(page).build();
    assertThat(HttpClient.newHttpClient().send(look, BodyHandlers.ofString()).statusCode())
        .isEqualTo(404);

    String line =
        "CompareExperiments projects/p/experiments/a and projects/p/experiments/b by anonymous"
            + " from 127.0.0.1: NOT_FOUND";
    assertThat(lines).extracting(Line::text).containsExactly(line, line);
  }

  @Test
  void whoAsksWhatWouldHappenLeavesNoTraceAndWhoHasItHappenDoes() {
    var skip = SkipStageRequest.newBuilder().setName("projects/p/experiments/x/stages/s");
    assertThatThrownBy(() -> experiments.skipStage(skip.setValidateOnly(true).build())).isNotNull();
    assertThatThrownBy(() -> collect(CollectGarbageRequest.newBuilder())).isNotNull();
    assertThat(lines).isEmpty();

    assertThatThrownBy(() -> experiments.skipStage(skip.setValidateOnly(false).build()))
        .isNotNull();
    assertThatThrownBy(() -> collect(CollectGarbageRequest.newBuilder().setRemove(true)))
        .isNotNull();
    assertThat(lines).hasSize(2);
  }

  @Test
  void whatIsDoneOnAPageIsInItTooAndWhoLooksAtOneLeavesNoTrace() throws Exception {
    String site = "http://" + address.getHost() + ":" + address.getPort();
    URI page = URI.create(site + "/projects/p/experiments/none");
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest look = HttpRequest.newBuilder(page).build();
    HttpRequest cancel =
        HttpRequest.newBuilder(URI.create(page + "/cancel"))
            .header("Origin", site)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();

    assertThat(client.send(look, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    assertThat(client.send(cancel, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    assertThat(lines)
        .extracting(Line::text)
        .containsExactly(
            "CancelExperiment projects/p/experiments/none by anonymous from 127.0.0.1: NOT_FOUND");
  }

  private void collect(CollectGarbageRequest.Builder request) {
    StorageServiceGrpc.newBlockingStub(channel)
        .collectGarbage(request.setParent("projects/none").build())
        .forEachRemaining(progress -> {});
  }

  private void cancel(String name) {
    experiments.cancelExperiment(CancelExperimentRequest.newBuilder().setName(name).build());
  }
}
