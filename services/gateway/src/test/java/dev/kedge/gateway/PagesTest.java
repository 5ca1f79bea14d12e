package dev.kedge.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.kedge.contract.StageKey;
import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.source.FileTree;
import dev.kedge.plan.Planner;
import dev.kedge.plan.Preparations;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageResult;
import dev.kedge.store.VersionedRecord;
import dev.kedge.v1.Average;
import dev.kedge.v1.CompareExperimentsRequest;
import dev.kedge.v1.CompareExperimentsResponse;
import dev.kedge.v1.ComparedStage;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.ImportDatasetRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.PauseExperimentRequest;
import dev.kedge.v1.PromoteCheckpointRequest;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import dev.kedge.v1.TradeOffPoint;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class PagesTest extends GatewayFixture {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"");
  private static final String KEY = "a".repeat(64);
  private static final String OTHER_KEY = "b".repeat(64);

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

  @Test
  void theApiPutsTwoExperimentsOfAProjectSideBySideAndNoOthers() throws Exception {
    String one = reported("compared", 0.75);
    String other = reported("with", 0.5);
    CompareExperimentsResponse both = compare(one, other);
    assertThat(both.getA().getDisplayName()).isEqualTo("compared");
    assertThat(both.getB().getExperiment()).isEqualTo(other);
    assertThat(both.getPoints(0).getGeneralityDifference()).isEqualTo(-0.25);
    change(other, experiment -> withKey(experiment, "prepare-photo"));
    change(one, experiment -> withKey(experiment, "prepare-photo"));
    both = compare(one, other);
    assertThat(both.getSharedStagesMap()).containsExactly(Map.entry("PREPARE", 1));
    assertThat(both.getA().getStagesAloneList())
        .extracting(ComparedStage::getId)
        .contains("train-full")
        .doesNotContain("prepare-photo");

    for (String wrong : List.of(one, "projects/q/experiments/e0123456789abcdef")) {
      StatusRuntimeException refused =
          catchThrowableOfType(StatusRuntimeException.class, () -> compare(one, wrong));
      assertThat(reason(refused)).isEqualTo("COMPARED_NOT_TWO");
    }
  }

  private CompareExperimentsResponse compare(String one, String other) {
    return experiments.compareExperiments(
        CompareExperimentsRequest.newBuilder().setName(one).setOther(other).build());
  }

  private static Experiment.Builder withKey(Experiment.Builder experiment, String stage) {
    stage(experiment, stage).setKey(KEY);
    return experiment;
  }

  private static String id(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** An experiment with an answer. */
  private String reported(String title, double generality) throws Exception {
    Report report =
        Report.newBuilder()
            .addPoints(
                TradeOffPoint.newBuilder()
                    .setLabel("base")
                    .setGenerality(Estimate.newBuilder().setValue(generality)))
            .build();
    return reported(
        launch(title).getName(),
        report,
        experiment ->
            experiment.setCreateTime(Timestamps.fromSeconds(Math.round(2e9 - 1e6 * generality))));
  }

  private String reported(String name, Report report, Consumer<Experiment.Builder> also)
      throws Exception {
    byte[] json = JsonFormat.printer().print(report).getBytes(StandardCharsets.UTF_8);
    Blob blob = store().blobs().put(json);
    Digest artifact =
        store().artifacts().put(new Artifact("report", new TreeMap<>(Map.of("report.json", blob))));
    change(
        name,
        experiment -> {
          stage(experiment, "report")
              .setState(Stage.State.SUCCEEDED)
              .setArtifact(artifact.toString());
          also.accept(experiment);
          return experiment.setState(Experiment.State.SUCCEEDED);
        });
    return name;
  }

  @Test
  void aMarkOfThePlaneLeadsToItsPointAndTheRestOfItsLineage() throws Exception {
    String name = answered("traced");
    String checkpoint = model("clip-base", clip()).getArtifact();
    registry.promoteCheckpoint(
        PromoteCheckpointRequest.newBuilder()
            .setName(PROJECT + "/checkpoints/" + checkpoint.substring("sha256:".length()))
            .setModelId("traced-model")
            .setExperiment(name)
            .build());

    String report = page("/" + name + "/report");
    assertThat(report)
        .contains("<a href=\"/%s/points?label=full+%%CE%%B1%%3D0.5\" aria-label=".formatted(name))
        .contains("<a href=\"/%s/points?label=full\">full</a>".formatted(name));
    assertThat(leads(report)).as("marks that lead nowhere").isEmpty();

    String plain = page("/" + name + "/points?label=full");
    assertThat(plain)
        .contains("71.0% <small>70.0–72.0</small>", "<code>train-full</code>")
        .contains("/" + name + "/stages/train-full\"", "/" + name + "/stages/evaluate-full\"")
        .contains("/" + PROJECT + "/datasets/photo#version-1", "/" + PROJECT + "/models/clip-base#")
        .doesNotContain("/" + PROJECT + "/datasets/art#")
        .contains("/models/traced-model#version-1", "kedge export " + checkpoint);
    assertThat(page("/" + name + "/points?label=full+%CE%B1%3D0.5"))
        .contains("wise_ft(base=train-base, tuned=train-full, alpha=0.5)")
        .contains("--candidate full-alpha0.5", "No model has been made of it");
    assertThat(get("/" + name + "/points?label=%3Cb%3E").body())
        .contains("POINT_NOT_FOUND", "&lt;b&gt;")
        .doesNotContain("<b>`");

    String model = page("/" + PROJECT + "/models/traced-model");
    assertThat(model).contains("<a href=\"/" + name + "\">" + id(name) + "</a>");
    String back = "/" + name + "/checkpoints/" + checkpoint.substring("sha256:".length());
    assertThat(model).contains(back);
    assertThat(get(back).headers().firstValue("Location").orElseThrow())
        .endsWith("/" + name + "/stages/train-full#checkpoint");
    assertThat(get("/" + name + "/checkpoints/none").statusCode()).isEqualTo(404);
    assertThat(page("/" + name + "/stages/train-full"))
        .contains("/" + name + "/points?label=full\"", "/points?label=full+%CE%B1%3D0.5\"")
        .contains("config.json", "/models/traced-model#version-1");
  }

  @Test
  void everySeedOfAPointHasItsOwnCheckpointAndModels() throws Exception {
    String base = model("clip-base", clip()).getArtifact();
    ExperimentSpec.Builder spec = spec().toBuilder();
    spec.getTrainingBuilder().addSeeds(3).addSeeds(4);
    String name = launch("of two seeds", spec.build()).getName();
    TradeOffPoint point =
        TradeOffPoint.newBuilder()
            .setLabel("full")
            .setMethod("full")
            .addAllCandidates(
                study(name).stream()
                    .filter(one -> one.getMethod().equals("full"))
                    .map(Study.Point::getCandidate)
                    .toList())
            .setSpeciality(estimate(0.71))
            .setGenerality(estimate(0.62))
            .build();
    String other = "sha256:" + "1".repeat(64);
    reported(
        name,
        Report.newBuilder().addPoints(point).build(),
        experiment -> {
          stage(experiment, "train-full-seed3").setState(Stage.State.SUCCEEDED).setArtifact(base);
          stage(experiment, "train-full-seed4").setState(Stage.State.SUCCEEDED).setArtifact(other);
        });

    assertThat(page("/" + name + "/points?label=full"))
        .containsSubsequence(
            "/stages/train-full-seed3#checkpoint",
            "<code>" + base + "</code>",
            "/models/clip-base#version-1",
            "/stages/train-full-seed4#checkpoint",
            "<code>" + other + "</code>",
            "Its files are the checkpoints above",
            "kedge export " + base)
        .doesNotContain("in no file of its own", "No model has been made of it");
  }

  private List<Study.Point> study(String name) {
    return Planner.plan(find(name)).stage("report").spec().getReport().getStudy().getPointsList();
  }

  @Test
  void aStagesPageIsThereThoughReportAndCheckpointAreNotAndNobodyHasTakenTheReport()
      throws Exception {
    String name = answered("of a lost report");
    String stage = "/" + name + "/stages/train-full";
    assertThat(audited(() -> page(stage))).as("looked at").isEmpty();
    assertThat(audited(() -> page("/" + name + "/report"))).hasSize(1);

    Digest report = Digest.parse(stage(find(name).toBuilder(), "report").getArtifact());
    Digest numbers = store().artifacts().get(report).files().get("report.json").digest();
    projects
        .objects()
        .delete(
            "projects/p/blobs/sha256/%s/%s"
                .formatted(numbers.hex().substring(0, 2), numbers.hex()));
    assertThat(get("/" + name + "/report").statusCode()).isEqualTo(500);
    assertThat(page(stage))
        .contains("is not known, since the report cannot be read", "config.json");
    change(
        name,
        experiment -> {
          stage(experiment, "train-full").setArtifact("sha256:" + "2".repeat(64));
          return experiment;
        });
    assertThat(page(stage)).contains("It cannot be read");
  }

  /** Lines of the audit trail. */
  private static List<String> audited(Runnable work) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger trail = Logger.getLogger(AuditTrail.NAME);
    Handler ear =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
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
    trail.addHandler(ear);
    try {
      work.run();
    } finally {
      trail.removeHandler(ear);
    }
    return lines;
  }

  @Test
  void aModelOfWhatAnExperimentBeganWithLeadsToWhereThatCameFrom() throws Exception {
    String name = launch("promoted from").getName();
    String base = model("clip-base", clip()).getArtifact();
    registry.promoteCheckpoint(
        PromoteCheckpointRequest.newBuilder()
            .setName(PROJECT + "/checkpoints/" + base.substring("sha256:".length()))
            .setModelId("began-with")
            .setExperiment(name)
            .build());

    String page = page("/" + PROJECT + "/models/began-with");
    assertThat(leads(page)).as("dead links").isEmpty();
    String link = "/" + name + "/checkpoints/" + base.substring("sha256:".length());
    assertThat(page).contains("href=\"" + link + "\"");
    assertThat(get(link).headers().firstValue("Location").orElseThrow())
        .endsWith("/" + PROJECT + "/models/clip-base#version-1");
  }

  @Test
  void aModelThatWasImportedSaysFromWhatThoughAnExperimentIsInItsRecord() throws Exception {
    String name = launch("written by another Kedge").getName();
    String version =
        JsonFormat.printer()
            .print(
                model("clip-base", clip()).toBuilder()
                    .setName(PROJECT + "/models/of-both/versions/1")
                    .setOrigin("a-folder")
                    .setExperiment(name));
    store()
        .records()
        .create(
            "models/of-both",
            "{\"models\":[%s]}".formatted(version).getBytes(StandardCharsets.UTF_8));

    for (String page : List.of("/models", "/models/of-both")) {
      assertThat(page("/" + PROJECT + page)).containsSubsequence("/" + name + "\"", "a-folder");
    }
  }

  /** An experiment that has trained what is really a base, and has an answer. */
  private String answered(String title) throws Exception {
    String checkpoint = model("clip-base", clip()).getArtifact();
    ExperimentSpec spec =
        spec().toBuilder()
            .addAverages(
                Average.newBuilder()
                    .setId("wise-ft")
                    .addOf("full")
                    .setWiseFt(Average.WiseFt.newBuilder().addAlphas(0.5)))
            .build();
    String name = launch(title, spec).getName();
    Report.Builder report = Report.newBuilder();
    for (Study.Point point : study(name)) {
      report.addPoints(
          TradeOffPoint.newBuilder()
              .setLabel(point.getLabel())
              .setMethod(point.getMethod())
              .setAverage(point.getAverage())
              .addCandidates(point.getCandidate())
              .setSpeciality(estimate(0.71))
              .setGenerality(estimate(0.62)));
    }
    return reported(
        name,
        report.build(),
        experiment ->
            stage(experiment, "train-full")
                .setState(Stage.State.SUCCEEDED)
                .setKey("b".repeat(64))
                .setArtifact(checkpoint));
  }

  private static Estimate estimate(double value) {
    return Estimate.newBuilder().setValue(value).setLow(value - 0.01).setHigh(value + 0.01).build();
  }

  @Test
  void failuresAreToldInTheWordsOfTheApi() {
    String name = PROJECT + "/experiments/none";
    HttpResponse<String> answer = get("/" + name);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .contains("EXPERIMENT_NOT_FOUND", message(() -> find(name)))
        .as("a way on from here")
        .contains("<a href=\"/" + PROJECT + "/experiments\"");
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
  void whereNobodySignsInNobodySignsOut() throws Exception {
    assertThat(page("/" + launch("open").getName())).doesNotContain("sign-out");
    HttpResponse<String> answer = post("/pages/sign-out", own());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("NOBODY_SIGNS_IN");
    assertThat(get("/pages/sign-out/done").statusCode()).isEqualTo(404);
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
    assertThat(Pattern.compile(" id=\"[^\"]*\"").matcher(page).results().map(MatchResult::group))
        .doesNotHaveDuplicates()
        .noneMatch(id -> id.strip().contains(" "));
    assertThat(page)
        .containsSubsequence(
            "Waits for somebody", "`cat/1.jpg` is no picture: replace it", "odd one", ">Progress<")
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
        assertThat(news.next()).as("the stream ends with the experiment").doesNotContain("html");
      }
    }
  }

  @Test
  void anOpenStagesPageHasWhatCanBeDoneAsLongAsItIsParkedAndThenWhatCameOfIt() throws Exception {
    String name = launch("stage followed").getName();
    String stage = "/" + name + "/stages/prepare-photo";
    HttpResponse<Stream<String>> events =
        client.send(request(stage + "/live").build(), BodyHandlers.ofLines());
    try (var lines = events.body()) {
      var news = lines.filter(line -> line.startsWith("data:")).iterator();
      assertThat(until(news, "mending")).doesNotContain("<form");
      assertThat(until(news, "facts")).contains("max_quarantined_fraction").doesNotContain(KEY);

      log(401, "{\"progress\":{\"done\":9,\"total\":9,\"unit\":\"steps\"}}");
      change(name, one -> park(one, "prepare-photo", "no pictures"));
      assertThat(until(news, "mending"))
          .contains(
              stage + "/retry", "set.max_quarantined_fraction", "and with it what needs it: ");
      assertThat(until(news, "facts")).contains(KEY);

      change(
          name,
          one -> {
            stage(one, "prepare-photo").setState(Stage.State.RUNNING).setAttempts(2).clearError();
            return one.setState(Experiment.State.RUNNING);
          });
      assertThat(until(news, "standing")).contains("running").doesNotContain("steps");
      assertThat(until(news, "mending")).as("somebody else has retried it").doesNotContain("<form");
      log(402, "{\"progress\":{\"done\":1,\"total\":9,\"unit\":\"steps\"}}");
      assertThat(until(news, "standing")).contains("1 of 9 steps");

      change(
          name,
          one -> {
            stage(one, "prepare-photo")
                .setState(Stage.State.SUCCEEDED)
                .setArtifact("sha256:" + "3".repeat(64))
                .putMetrics("records", 41)
                .setEndTime(Timestamps.now());
            return one;
          });
      assertThat(until(news, "facts")).contains("3".repeat(64), "<dt>records</dt><dd>41");
    }
  }

  @Test
  void whoHasSeenHowAStageEndedIsToldNothingBeforeItBeginsAgain() throws Exception {
    String name = launch("over").getName();
    change(
        name,
        one -> {
          stage(one, "prepare-photo")
              .setState(Stage.State.SUCCEEDED)
              .setKey(KEY)
              .setEndTime(Timestamps.now());
          return one.setState(Experiment.State.CANCELLED);
        });
    log(300, "{\"log\":{\"level\":\"INFO\",\"text\":\"all is read\"}}");
    for (String page : List.of("/" + name, "/" + name + "/stages/prepare-photo")) {
      List<String> first = data(page + "/live");
      assertThat(first).hasSizeGreaterThan(2);
      String end = first.get(first.size() - 1);
      assertThat(end).doesNotContain("html");
      String seen = page + "/live?seen=" + URLEncoder.encode(end, StandardCharsets.UTF_8);
      assertThat(data(seen)).containsExactly(end);

      change(
          name,
          one -> {
            stage(one, "prepare-photo").setEndTime(Timestamps.fromSeconds(page.length()));
            return one;
          });
      assertThat(data(seen)).hasSizeGreaterThan(2).doesNotContain(end);
    }
    assertThat(data("/" + name + "/stages/prepare-photo/live"))
        .anyMatch(part -> part.contains("all is read"));
  }

  @Test
  void ofAStageThatWasGivenUpOrCancelledNothingMoreComesOfAParkedOneItMay() throws Exception {
    String name = launch("given up").getName();
    String stage = "/" + name + "/stages/prepare-photo";
    for (Stage.State state : List.of(Stage.State.SKIPPED, Stage.State.CANCELLED)) {
      change(
          name,
          one -> {
            park(one, "prepare-photo", "no pictures");
            stage(one, "prepare-photo").setState(state).setEndTime(Timestamps.fromSeconds(9));
            return one;
          });
      List<String> all =
          CompletableFuture.supplyAsync(() -> data(stage + "/live")).get(20, SECONDS);
      String end = all.get(all.size() - 1);
      assertThat(end).startsWith(state + " ");
      assertThat(data(stage + "/live?seen=" + URLEncoder.encode(end, StandardCharsets.UTF_8)))
          .containsExactly(end);
    }

    change(
        name,
        one -> {
          stage(one, "prepare-photo").setKey(OTHER_KEY).setEndTime(Timestamps.now());
          return one;
        });
    try (Stream<String> lines =
        client.send(request(stage + "/live").build(), BodyHandlers.ofLines()).body()) {
      var news = lines.filter(line -> line.startsWith("data:")).iterator();
      assertThat(until(news, "standing")).contains("cancelled");
      assertThat(until(news, "log")).contains("Nothing has been logged");
      log(OTHER_KEY, 1, "{\"log\":{\"level\":\"INFO\",\"text\":\"its last words\"}}");
      assertThat(until(news, "log")).contains("its last words");
    }
  }

  @Test
  void theStagesOfOneColumnOfTheGraphAreShownAlone() throws Exception {
    String name = launch("in columns").getName();
    assertThat(page("/" + name + "/stages?kind=PREPARE&column=1"))
        .contains("stages/prepare-photo\"", "Those of column 1", "?kind=PREPARE&amp;state=\">")
        .doesNotContain("stages/train-full\"");
    assertThat(page("/" + name + "/stages?kind=PREPARE&column=2"))
        .contains("None of the ")
        .doesNotContain("stages/prepare-photo\"");
  }

  /** All that an open page is sent until nothing more comes. */
  private List<String> data(String path) {
    try (Stream<String> lines = client.send(request(path).build(), BodyHandlers.ofLines()).body()) {
      return lines
          .filter(line -> line.startsWith("data:"))
          .map(line -> line.substring("data:".length()))
          .toList();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
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
  void aPreparedDataSetShowsSomeOfItAndNothingThatIsInAFileComesToTheBrowser(@TempDir Path folder)
      throws Exception {
    DatasetVersion imported = dataset("looked-into", "cat/1.jpg", "dog/1.jpg");
    Path source = folder.resolve("source");
    for (int i = 0; i < 40; i++) {
      Path file = source.resolve("%s/<b>%d.png".formatted(i < 20 ? "cat" : "<i>dog", i));
      Files.createDirectories(file.getParent());
      BufferedImage picture = new BufferedImage(300 + i, 200, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(picture, "png", file.toFile());
    }
    Files.writeString(source.resolve("cat/no.png"), "<script>no picture</script>");
    try (FileTree tree = FileTree.open(source, folder)) {
      new DatasetPreparation(0.5).prepare(tree, folder.resolve("prepared"), (a, b, c) -> {});
    }
    SortedMap<String, Blob> files = new TreeMap<>();
    try (Stream<Path> made = Files.list(folder.resolve("prepared"))) {
      made.forEach(file -> files.put(file.getFileName().toString(), store().blobs().put(file)));
    }
    prepared(imported, files);

    String page = page("/" + PROJECT + "/datasets/looked-into");
    assertThat(page.split("<img src=\"data:image/jpeg;base64,", -1)).hasSize(13);
    assertThat(page)
        .contains("alt=\"cat\"", "alt=\"&lt;i&gt;dog\"", "no JPEG, PNG, WebP or GIF file")
        .contains("cat/no.png")
        .doesNotContain("<b>0.png", "<script>no", "<i>dog");
    assertThat(Base64.getDecoder().decode(page.split("base64,|\"", -1)[picture(page)]))
        .as("smaller than its side, and JPEG")
        .hasSizeLessThan(20_000)
        .startsWith(0xFF, 0xD8);
  }

  private static int picture(String page) {
    String[] parts = page.split("base64,|\"", -1);
    return IntStream.range(1, parts.length)
        .filter(i -> parts[i - 1].equals("data:image/jpeg;"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void recordsAreShownInShort() throws Exception {
    DatasetVersion imported =
        unpack(
            registry
                .importDataset(
                    ImportDatasetRequest.newBuilder()
                        .setParent(PROJECT)
                        .setDatasetId("asked")
                        .setFormat("RECORDS")
                        .addFiles(
                            upload("a.jsonl", "{\"q\": \"x\"}\n".getBytes(StandardCharsets.UTF_8)))
                        .build())
                .getResponse(),
            DatasetVersion.class);
    String record =
        "{\"question\":\"<img src=x onerror=alert(1)> %s\",\"choices\":[\"a\",\"b\"]}"
            .formatted("long ".repeat(1000));
    byte[] shard = (record + "\n").getBytes(StandardCharsets.UTF_8);
    String index = place(1, shard.length - 1) + place(2, 9 << 20);
    String manifest =
        """
        {"format":"text-1","fields":["question"],"records":1,"bytes":9,"digest":"",
         "shards":[{"name":"000000.jsonl","bytes":%d,"samples":1}],"duplicates":0,"quarantine":[]}"""
            .formatted(shard.length);
    prepared(
        imported,
        new TreeMap<>(
            Map.of(
                "manifest.json", store().blobs().put(manifest.getBytes(StandardCharsets.UTF_8)),
                "index.jsonl", store().blobs().put(index.getBytes(StandardCharsets.UTF_8)),
                "000000.jsonl", store().blobs().put(shard))));

    assertThat(page("/" + PROJECT + "/datasets/asked"))
        .contains("a.jsonl:1", "&lt;img src=x onerror=alert(1)&gt;", " … ")
        .contains("[&quot;a&quot;,&quot;b&quot;]")
        .containsSubsequence("<dt>record</dt><dd>a.jsonl:2</dd>", "cannot be shown")
        .doesNotContain("<img")
        .hasSizeLessThan(10_000);
  }

  /** A line of an index. */
  private static String place(int record, int length) {
    return "{\"source\":\"a.jsonl:%1$d\",\"label\":0,\"digest\":\"%2$s\",\"shard\":0,\"offset\":%3$d,\"length\":%4$d}\n"
        .formatted(record, "0".repeat(64), record - 1, length);
  }

  /** What an experiment's PREPARE stage does. */
  private void prepared(DatasetVersion version, SortedMap<String, Blob> files) {
    Digest artifact = store().artifacts().put(new Artifact("dataset", files));
    String key =
        StageKey.of(
            Preparations.of(
                version.getArtifact(),
                PrepareSpec.Format.valueOf(version.getFormat()),
                version.getColumnsMap()));
    JsonNodeFactory json = JsonNodeFactory.instance;
    store().results().commit(key, new StageResult(artifact, json.objectNode(), json.objectNode()));
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
    return launch(title, spec());
  }

  private Experiment launch(String title, ExperimentSpec spec) {
    return experiments.launchExperiment(
        LaunchExperimentRequest.newBuilder()
            .setParent(PROJECT)
            .setSpec(spec)
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
    log(KEY, sequence, event);
  }

  private void log(String key, long sequence, String event) {
    store()
        .events(key)
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
