package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.VersionedRecord;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.PauseExperimentRequest;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import dev.kedge.v1.TradeOffPoint;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class PagesTest extends GatewayFixture {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"");
  private static final String KEY = "a".repeat(64);

  @Inject Projects projects;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void aModelAndData() {
    model("clip-base", clip());
    dataset("photo", "cat/1.jpg", "dog/1.jpg");
    dataset("art", "cat/2.jpg", "dog/2.jpg");
  }

  @Test
  void theFirstPageLeadsToAProjectAndItsListToAllElse() throws Exception {
    Experiment launched = launch("walked");
    HttpResponse<String> home = get("/");
    assertThat(home.statusCode()).isEqualTo(303);
    assertThat(home.headers().firstValue("Location").orElseThrow())
        .matches(".*/projects/[a-z-]+/experiments");

    String list = page("/" + PROJECT + "/experiments");
    assertThat(list).contains("walked", "/" + launched.getName(), "pending");
    for (String path :
        List.of(
            "/" + launched.getName(),
            "/" + launched.getName() + "/stages",
            "/" + launched.getName() + "/stages/train-full",
            "/" + PROJECT + "/queue",
            "/" + PROJECT + "/models",
            "/" + PROJECT + "/models/clip-base",
            "/" + PROJECT + "/datasets",
            "/" + PROJECT + "/datasets/photo")) {
      assertThat(leads(page(path))).as("dead links of " + path).isEmpty();
    }
  }

  /** Links that lead nowhere. */
  private List<String> leads(String page) {
    return LINK.matcher(page)
        .results()
        .map(link -> link.group(1).replace("&amp;", "&"))
        .distinct()
        .filter(path -> get(path).statusCode() >= 400)
        .toList();
  }

  @Test
  void pagesHoldNoScriptAndNoStyleOfTheirOwnAndSaySo() throws Exception {
    String name = launch("strict").getName();
    for (String path :
        List.of(
            "/" + PROJECT + "/experiments",
            "/" + PROJECT + "/queue",
            "/" + name,
            "/" + name + "/stages/train-full")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
      assertThat(answer.body())
          .doesNotContainPattern("<script(?! src=\"/pages/)")
          .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:|https?://");
    }
  }

  @Test
  void whatPeopleWriteIsShownAsTheyWroteIt() throws Exception {
    String name = launch("<script>alert('x')</script> & \"more\"").getName();
    change(
        name,
        experiment ->
            park(experiment, "prepare-photo", "no <img src=x onerror=alert(1)> in `a`: add one"));
    for (String path : List.of("/" + PROJECT + "/experiments", "/" + name)) {
      assertThat(page(path))
          .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;")
          .doesNotContain("<script>alert")
          .doesNotContain("<img src=x");
    }
    assertThat(page("/" + name)).contains("no &lt;img src=x onerror=alert(1)&gt; in `a`: add one");
  }

  @Test
  void aListIsFilteredByState() throws Exception {
    launch("is pending");
    change(launch("is paused").getName(), one -> one.setState(Experiment.State.PAUSED));
    assertThat(page("/" + PROJECT + "/experiments?state=PAUSED"))
        .contains("is paused")
        .doesNotContain("is pending");
    HttpResponse<String> wrong = get("/" + PROJECT + "/experiments?state=GONE");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("FILTER_INVALID");
  }

  @Test
  void theQueueHasWhatWaitsAndOnDemandWhatItStandsOn() throws Exception {
    String name = launch("queues <up>").getName();
    change(name, experiment -> park(experiment, "prepare-photo", "no pictures"));

    String queue = page("/" + PROJECT + "/queue");
    assertThat(queue)
        .contains("queues &lt;up&gt;", name + "/stages/prepare-photo", "PREPARE")
        .doesNotContain("no orchestrator");
    assertThat(page("/" + PROJECT + "/queue?look=true")).contains(">store", "trouble");
    assertThat(get("/projects/Not%20One/queue").statusCode()).isEqualTo(400);
  }

  @Test
  void twoReportsAreSideBySideTheOlderOneFirst() throws Exception {
    String older = reported("older", 0.75);
    String newer = reported("newer", 0.5);

    assertThat(page("/" + PROJECT + "/experiments")).contains("value=\"" + id(older) + "\"");
    String both =
        page(
            "/" + PROJECT + "/compare?experiment=%s&experiment=%s".formatted(id(newer), id(older)));
    assertThat(both)
        .contains("unpaired", "75.0 (0.0–0.0)", "50.0 (0.0–0.0)", "\u221225.0")
        .containsSubsequence("<dt>A</dt>", "older", "<dt>B</dt>", "newer");
    for (String wrong : List.of("", "?experiment=" + id(older))) {
      HttpResponse<String> refused = get("/" + PROJECT + "/compare" + wrong);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("choose two");
    }
    String unfinished = launch("unfinished").getName();
    HttpResponse<String> none =
        get(
            "/"
                + PROJECT
                + "/compare?experiment=%s&experiment=%s".formatted(id(older), id(unfinished)));
    assertThat(none.statusCode()).isEqualTo(409);
    assertThat(none.body()).contains("NO_REPORT_YET");
  }

  private static String id(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** An experiment with an answer. */
  private String reported(String title, double generality) throws Exception {
    String name = launch(title).getName();
    String report =
        JsonFormat.printer()
            .print(
                Report.newBuilder()
                    .addPoints(
                        TradeOffPoint.newBuilder()
                            .setLabel("base")
                            .setGenerality(Estimate.newBuilder().setValue(generality))));
    Blob blob = store().blobs().put(report.getBytes(StandardCharsets.UTF_8));
    Digest artifact =
        store().artifacts().put(new Artifact("report", new TreeMap<>(Map.of("report.json", blob))));
    change(
        name,
        experiment -> {
          stage(experiment, "report")
              .setState(Stage.State.SUCCEEDED)
              .setArtifact(artifact.toString());
          return experiment
              .setState(Experiment.State.SUCCEEDED)
              .setCreateTime(Timestamps.fromSeconds(Math.round(2e9 - 1e6 * generality)));
        });
    return name;
  }

  @Test
  void failuresAreToldInTheWordsOfTheApi() {
    String name = PROJECT + "/experiments/none";
    HttpResponse<String> answer = get("/" + name);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("EXPERIMENT_NOT_FOUND", message(() -> find(name)));
    assertThat(get("/" + PROJECT + "/models/none").statusCode()).isEqualTo(404);
    assertThat(get("/" + PROJECT + "/datasets/none").statusCode()).isEqualTo(404);
    assertThat(get("/projects/Not%20One/experiments").statusCode()).isEqualTo(400);
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void whatStandsInTheWayOfAnOperationIsToldInTheWordsOfTheApi() throws Exception {
    String name = launch("no orchestrator").getName();
    HttpResponse<String> answer = post("/" + name + "/pause", own());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains(
            "ORCHESTRATOR_UNAVAILABLE",
            message(
                () ->
                    experiments.pauseExperiment(
                        PauseExperimentRequest.newBuilder().setName(name).build())));
    change(name, one -> one.setState(Experiment.State.PAUSED));
    HttpResponse<String> done = post("/" + name + "/pause", own());
    assertThat(done.statusCode()).as("paused already").isEqualTo(303);
    assertThat(done.headers().firstValue("Location").orElseThrow()).endsWith("/" + name);
    HttpResponse<String> limits = post("/" + name + "/resume", own(), "compute_hours=many");
    assertThat(limits.statusCode()).isEqualTo(400);
    assertThat(limits.body()).contains("LIMITS_INVALID", "compute_hours: `many` is no number");
  }

  @Test
  void otherSitesCanDoNothing() throws Exception {
    String name = launch("of one's own").getName();
    change(name, one -> one.setState(Experiment.State.PAUSED));
    for (String origin :
        new String[] {
          "", "null", "https://evil.example", own() + ".evil.example", "http://127.0.0.1:1"
        }) {
      HttpResponse<String> answer = post("/" + name + "/pause", origin);
      assertThat(answer.statusCode()).as(origin).isEqualTo(403);
      assertThat(answer.body()).contains("ORIGIN_FOREIGN");
    }
    assertThat(post("/" + name + "/pause", own()).statusCode()).isEqualTo(303);
  }

  @Test
  void anotherNameThatWasLedHereIsNotAnswered() throws Exception {
    String path = "/" + PROJECT + "/experiments";
    assertThat(status(path, "evil.example")).isEqualTo(403);
    assertThat(status(path, "evil.example:" + address.getPort())).isEqualTo(403);
    assertThat(status(path, "localhost.evil.example")).isEqualTo(403);
    assertThat(status(path, "localhost:" + address.getPort())).isEqualTo(200);
    assertThat(status(path, "127.0.0.1:" + address.getPort())).isEqualTo(200);
    assertThat(status(path, "[::1]:" + address.getPort())).isEqualTo(200);
  }

  private int status(String path, String host) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return Integer.parseInt(answer.readLine().split(" ", -1)[1]);
    }
  }

  @Test
  void aParkedStageIsOnTopWithItsLogAndWhatCanBeDone() throws Exception {
    String name = launch("in need").getName();
    change(name, one -> park(one, "prepare-photo", "`cat/1.jpg` is no picture: replace it"));
    log(
        1,
        "{\"time\":\"2026-11-29T08:00:00Z\",\"log\":{\"level\":\"WARNING\",\"text\":\"odd one\"}}");

    String page = page("/" + name);
    assertThat(page)
        .containsSubsequence(
            "Waits for somebody", "`cat/1.jpg` is no picture: replace it", "odd one", "How it goes")
        .contains(
            "action=\"/" + name + "/stages/prepare-photo/retry\"",
            "action=\"/" + name + "/stages/prepare-photo/skip\"",
            "name=\"set.max_quarantined_fraction\"")
        .doesNotContain("set.source");
    assertThat(page("/" + name + "/stages/prepare-photo"))
        .contains("odd one", "/stages/prepare-photo/retry");
    assertThat(page("/" + name + "/stages?state=PARKED"))
        .contains("stages/prepare-photo\"")
        .doesNotContain("stages/train-full\"");
  }

  @Test
  void measurementsOnTheWayAreDrawn() throws Exception {
    String name = launch("measured").getName();
    change(name, one -> park(one, "train-full", "stopped"));
    for (int i = 1; i <= 3; i++) {
      log(
          100 + i,
          """
          {"time":"2026-11-29T08:00:0%1$dZ","progress":{"done":%1$d,"total":3,"unit":"steps",
           "metrics":{"loss":%1$d.5,"task_loss":%1$d,"gradient_norm":0.25}}}"""
              .formatted(i));
    }
    assertThat(page("/" + name + "/stages/train-full"))
        .contains("loss: from 1.500 to 3.500", "penalty: from 0.500 to 0.500", "gradient norm")
        .contains("3 steps");
  }

  @Test
  void anOpenPageIsSentWhatChanges() throws Exception {
    String name = launch("followed").getName();
    HttpResponse<Stream<String>> events =
        client.send(request("/" + name + "/live").build(), BodyHandlers.ofLines());
    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    try (var lines = events.body()) {
      var news = lines.filter(line -> line.startsWith("data:")).iterator();
      assertThat(until(news, "stages")).contains("train-full");
      change(
          name,
          one -> {
            stage(one, "prepare-art").setState(Stage.State.SKIPPED);
            return one.setState(Experiment.State.CANCELLED);
          });
      assertThat(until(news, "summary")).contains("cancelled");
      assertThat(until(news, "stages")).contains("skipped");
      while (news.hasNext()) {
        assertThat(news.next()).as("the stream ends with the experiment").hasSizeLessThan(8);
      }
    }
  }

  private static String until(Iterator<String> news, String part) throws IOException {
    while (news.hasNext()) {
      JsonNode told = new ObjectMapper().readTree(news.next().substring("data:".length()));
      if (told.path("id").asText().equals(part)) {
        return told.path("html").asText();
      }
    }
    throw new AssertionError("nothing came of " + part);
  }

  @Test
  void versionsAliasesAndWhereTheyCameFromAreShown() throws Exception {
    assertThat(page("/" + PROJECT + "/models")).contains("clip-base", "clip");
    assertThat(page("/" + PROJECT + "/models/clip-base")).contains("Version 1", "sha256:");
    assertThat(page("/" + PROJECT + "/datasets/photo"))
        .contains("Version 1", "IMAGE_FOLDER", "No experiment has prepared it yet");
  }

  @Test
  void styleAndScriptAreAskedForAnewButSentOnce() throws Exception {
    for (String asset : List.of("report.css", "dashboard.css", "live.js", "kedge.svg")) {
      HttpResponse<String> first = get("/pages/" + asset);
      assertThat(first.statusCode()).as(asset).isEqualTo(200);
      String tag = first.headers().firstValue("ETag").orElseThrow();
      HttpRequest again = request("/pages/" + asset).header("If-None-Match", tag).build();
      assertThat(client.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    }
    assertThat(get("/pages/..%2fapplication.properties").statusCode()).isEqualTo(404);
  }

  private static Experiment.Builder park(
      Experiment.Builder experiment, String stage, String message) {
    stage(experiment, stage)
        .setState(Stage.State.PARKED)
        .setKey(KEY)
        .setAttempts(1)
        .setError(
            StageError.newBuilder()
                .setReason("BROKEN")
                .setBlame(StageError.Blame.USER)
                .setMessage(message));
    return experiment.setState(Experiment.State.ATTENTION);
  }

  private String page(String path) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path + "\n" + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> get(String path) {
    return send(request(path));
  }

  private HttpResponse<String> post(String path, String origin) {
    return post(path, origin, "");
  }

  private HttpResponse<String> post(String path, String origin, String form) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    return send(origin.isEmpty() ? request : request.header("Origin", origin));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(own() + path)).version(HttpClient.Version.HTTP_1_1);
  }

  private String own() {
    return "http://" + address.getHost() + ":" + address.getPort();
  }

  private Experiment launch(String title) {
    return experiments.launchExperiment(
        LaunchExperimentRequest.newBuilder()
            .setParent(PROJECT)
            .setSpec(spec())
            .setRequestId(UUID.randomUUID().toString())
            .setDisplayName(title)
            .build());
  }

  private Experiment find(String name) {
    return experiments.getExperiment(GetExperimentRequest.newBuilder().setName(name).build());
  }

  /** What a client of the API is told. */
  private static String message(Supplier<?> call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::get)
        .getStatus()
        .getDescription();
  }

  private ProjectStore store() {
    return projects.store("p");
  }

  private void log(long sequence, String event) {
    store()
        .events(KEY)
        .append(
            1,
            sequence,
            CanonicalJson.read(event.getBytes(StandardCharsets.UTF_8), JsonNode.class, "test"));
  }

  /** What the workflow does. */
  private void change(String name, UnaryOperator<Experiment.Builder> change) {
    String path = name.substring(PROJECT.length() + 1);
    VersionedRecord record = store().records().find(path).orElseThrow();
    Experiment.Builder changed = change.apply(find(name).toBuilder());
    changed.setUpdateTime(Timestamps.fromMicros(Timestamps.toMicros(changed.getUpdateTime()) + 1));
    try {
      byte[] json = JsonFormat.printer().print(changed).getBytes(StandardCharsets.UTF_8);
      store().records().replace(path, json, record.version());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stage.Builder stage(Experiment.Builder experiment, String id) {
    return experiment.getStagesBuilderList().stream()
        .filter(stage -> stage.getId().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
