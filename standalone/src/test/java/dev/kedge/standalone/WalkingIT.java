package dev.kedge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.standalone.demo.DemoPictures;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import dev.kedge.v1.WithoutOverlap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged platform, used as people use it: the command, and {@code kill -9}. */
class WalkingIT {
  private static final Map<String, Integer> PARTS = Map.of("pretrain", 24, "train", 16, "test", 16);

  @TempDir static Path folder;
  private static RunningKedge kedge;

  @BeforeAll
  static void aBaseIsTrainedFromCaptions() throws IOException {
    kedge = RunningKedge.start(folder.resolve("state"));
    importPictures();
    kedge.kedge("launch", file("base.yaml"), "--title", "base", "--wait");
    kedge.kedge("promote", "base", "walk-base@start");
  }

  @AfterAll
  static void stop() {
    kedge.close();
  }

  @Test
  void anExperimentEndsInATableAPageAndACheckpoint() throws IOException {
    kedge.kedge("launch", file("tuning.yaml"), "--title", "walk", "--wait");

    Path page = folder.resolve("report.html");
    assertThat(kedge.kedge("report", "walk", "--html", page.toString()))
        .contains("base", "full α=0.3", "full α=0.7", "l2", "lp", "←");
    assertThat(page).content().contains("<svg", "full α=0.3");
    assertThat(kedge.kedge("predictions", "walk", "--suite", "cartoon"))
        .contains("cartoon  base  ACCURACY", "CONFIDENCE")
        .doesNotContain("photo  ");
    kedge.kedge("export", "walk", folder.resolve("exported").toString());
    assertThat(folder.resolve("exported"))
        .isDirectoryContaining("glob:**/model.safetensors")
        .isDirectoryContaining("glob:**/head.safetensors")
        .isDirectoryContaining("glob:**/config.json");

    Experiment first = experiment("walk");
    String again = kedge.kedge("launch", file("tuning.yaml"), "--title", "walk", "--json");
    String id = again.replaceFirst("(?s).*?experiments/(e[0-9a-f]{16}).*", "$1");
    kedge.kedge("watch", id);
    assertThat(experiment(id).getStagesList()).isNotEmpty().allMatch(Stage::getCached);
    assertThat(kedge.tryKedge("get", "walk").text())
        .as("two have the title")
        .contains("name one by its id", id, first.getName().replaceFirst(".*/", ""));
    assertThat(kedge.kedge("plan", file("tuning.yaml"), "--set", "methods[1].l2.lambda=0.6"))
        .containsPattern("train-full +TRAIN +cached")
        .containsPattern("train-l2 +TRAIN +will run");

    kedge.kedge("fork", id, "--set", "methods[1].l2.lambda=0.6", "--title", "fork", "--wait");
    Experiment fork = experiment("fork");
    assertThat(fork.getFork().getChangesMap()).containsEntry("methods[1].l2.lambda", "0.6");
    assertThat(stage(fork, "train-full").getCached()).isTrue();
    assertThat(stage(fork, "train-l2").getCached()).isFalse();
    assertThat(kedge.kedge("report", "fork")).contains("fork", "full α=0.3", "l2", "←");
  }

  @Test
  void whatSearchesFindIsShownReportedAndExported() throws IOException {
    kedge.kedge("launch", file("searches.yaml"), "--title", "searched", "--wait");

    assertThat(kedge.kedge("report", "searched")).contains("full greedy", "full ama");
    assertThat(kedge.kedge("get", "searched", "--stage", "soup-full-greedy"))
        .contains("\"greedy_soup\"", "\"tried\"", "\"recipe\"");
    assertThat(kedge.kedge("get", "searched", "--stage", "adapt-full-seed1-ama"))
        .contains("\"adaptive\"", "\"ratios\"", "\"blockwise\"");
    Path soup = folder.resolve("soup");
    kedge.kedge("export", "searched", soup.toString(), "--candidate", "full-greedy");
    assertThat(soup).isDirectoryContaining("glob:**/model.safetensors");
  }

  @Test
  void averagesOfInformationOfGivenRunsAndOfSomeTensorsAreMeasuredAndExported() throws IOException {
    kedge.kedge("launch", file("averages.yaml"), "--title", "averaged", "--wait");

    assertThat(kedge.kedge("report", "averaged"))
        .contains("full informed", "full informed-soup", "full given", "full mlps α=0.5");
    assertThat(experiment("averaged").getStagesList())
        .extracting(Stage::getId)
        .contains("fisher-cartoon-train-shard1", "fisher-cartoon-train", "fisher-full-seed1");
    for (String average : List.of("full given", "full informed-soup")) {
      Path made = folder.resolve(average.replace(' ', '-'));
      kedge.kedge("export", "averaged", made.toString(), "--candidate", average);
      assertThat(made).isDirectoryContaining("glob:**/model.safetensors");
    }
  }

  @Test
  void aModelIsTestedOnItsOwn() throws IOException {
    assertThat(eval("tested"))
        .containsPattern("photo-test +ACCURACY +[0-9.]+ ± [0-9.]+ +% ↑")
        .containsPattern("cartoon-test +ACCURACY +[0-9.]+ ± [0-9.]+ +% ↑")
        .doesNotContain("SELECT", "compared", "seeds");
    assertThat(experiment("tested").getStagesList())
        .extracting(Stage::getKind)
        .containsExactlyInAnyOrder("PREPARE", "PREPARE", "EVALUATE", "REPORT");
    Path page = folder.resolve("tested.html");
    kedge.kedge("report", "tested", "--html", page.toString());
    assertThat(page).content().contains("photo-test", "base");
    assertThat(eval("tested again")).contains("photo-test");
    assertThat(experiment("tested again").getStagesList())
        .filteredOn(stage -> !stage.getKind().equals("REPORT"))
        .isNotEmpty()
        .allMatch(Stage::getCached);
  }

  private static String eval(String title) {
    return kedge.kedge("eval", "walk-base@start", "photo-test", "cartoon-test", "--title", title);
  }

  @Test
  void thePlatformIsFoundToBeWell() {
    String found = kedge.kedge("doctor");

    assertThat(found).doesNotContain("trouble", "unknown");
    assertThat(found.lines()).filteredOn(line -> line.contains("worker ")).hasSize(11);
  }

  /** The base that was trained before the tests has left its traces in the numbers. */
  @Test
  void whatAlarmsAndDocumentsSpeakOfIsServed() throws Exception {
    String served = kedge.metrics();

    for (String file :
        List.of(
            "docs/operations.md",
            "helm/kedge/files/alerts.yaml",
            "helm/kedge/files/dashboard.json")) {
      assertThat(metricsIn(Files.readString(Path.of("..", file))))
          .as(file)
          .isNotEmpty()
          .allSatisfy(name -> assertThat(served).contains("\n" + name));
    }
    assertThat(served)
        .containsPattern("kedge_stage_work_total\\{kind=\"TRAIN\",unit=\"samples\"\\} [1-9]")
        .containsPattern("kedge_worker_attempts_total\\{end=\"result\",kind=\"TRAIN\"\\} [1-9]");
  }

  private static Set<String> metricsIn(String text) {
    return Pattern.compile("\\bkedge_[a-z_]+|\\btemporal_[a-z_]+[a-z]")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aFailedStageIsRetriedAloneWithAnotherValue() throws IOException {
    RunningKedge.Said said =
        kedge.tryKedge(
            "launch",
            file("tuning.yaml"),
            "--title",
            "wild",
            "--wait",
            "--set",
            "training.learning_rate=1e30");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).contains("train-full is parked", "kedge retry");
    assertThat(experiment("wild").getState()).isEqualTo(Experiment.State.ATTENTION);

    for (String method : new String[] {"full", "l2", "lp"}) {
      String stage = "train-" + method;
      if (stage(experiment("wild"), stage).getState() == Stage.State.PARKED) {
        kedge.kedge("retry", "wild", stage, "--set", "optimisation.learning_rate=1e-3");
      }
    }
    kedge.kedge("watch", "wild");

    Experiment mended = experiment("wild");
    assertThat(mended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(stage(mended, "train-full").getChangedMap())
        .containsEntry("optimisation.learning_rate", "1e-3");
    assertThat(stage(mended, "prepare-photo-train").getAttempts()).isEqualTo(1);
  }

  @Test
  void testSamplesThatAreInTheTrainingDataStopAnExperimentUnlessTheFileAllowsThem()
      throws IOException {
    Path planted = folder.resolve("planted");
    unpack(folder.resolve("photo-test.tar"), planted);
    Path some = folder.resolve("some.tar");
    new DemoPictures(7).write(some, "train", "photo", 2);
    unpack(some, planted);
    kedge.importDataset("planted", planted);
    String test = "evaluations[0].dataset=datasets/planted";

    RunningKedge.Said said =
        kedge.tryKedge(
            "launch", file("tuning.yaml"), "--title", "stopped", "--wait", "--set", test);
    int shared = 2 * DemoPictures.classes().size();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text())
        .contains("overlap is parked", shared + " of ", "`photo` (REPORT) are in", "TRAINING");
    assertThat(experiment("stopped").getStagesList())
        .filteredOn(stage -> stage.getKind().equals("TRAIN"))
        .isNotEmpty()
        .allMatch(stage -> stage.getState() == Stage.State.WAITING);

    String allowed = "evaluations[0].allow_exact_overlap=true";
    kedge.kedge(
        "launch",
        file("tuning.yaml"),
        "--title",
        "allowed",
        "--wait",
        "--set",
        test,
        "--set",
        allowed);
    assertThat(kedge.kedge("report", "allowed"))
        .contains("'photo' shares samples with the training data");
    Report.Builder report = Report.newBuilder();
    JsonFormat.parser().merge(kedge.kedge("report", "allowed", "--json"), report);
    WithoutOverlap without = report.getWithoutOverlap();
    assertThat(without.getSuitesList())
        .filteredOn(suite -> suite.getSuite().equals("photo"))
        .singleElement()
        .returns(shared, WithoutOverlap.Suite::getExact);
    assertThat(without.getPointsCount()).isEqualTo(report.getPointsCount());
    assertThat(kedge.kedge("dataset", "get", "planted")).contains("formats      png");
  }

  private static void unpack(Path tar, Path target) throws IOException {
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = target.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, in.readAllBytes());
      }
    }
  }

  @Test
  void aKilledPlatformGoesOnByItselfToTheSameBytesAndSoDoesACopyOfItsBucket() throws Exception {
    String[] longer = {"--set", "training.epochs=60", "--set", "training.seeds=[3]"};
    Path elsewhere = folder.resolve("killed");
    copy(folder.resolve("state"), elsewhere);
    launch(kedge, "calm", longer, "--wait");
    Map<String, String> undisturbed = artifacts(experiment("calm"));

    RunningKedge killed = RunningKedge.start(elsewhere);
    launch(killed, "killed", longer);
    while (stage(experiment(killed, "killed"), "train-full").getState() != Stage.State.RUNNING) {
      Thread.sleep(50);
    }
    Thread.sleep(1500);
    Path restored = folder.resolve("restored");
    backUp(elsewhere, restored);
    killed.kill();

    for (Path state : List.of(elsewhere, restored)) {
      try (RunningKedge again = RunningKedge.start(state)) {
        again.kedge("watch", "killed");
        Experiment ended = experiment(again, "killed");
        assertThat(ended.getState()).isEqualTo(Experiment.State.SUCCEEDED);
        assertThat(artifacts(ended)).isEqualTo(undisturbed);
        assertThat(stage(ended, "train-base").getAttempts()).isEqualTo(1);
      }
    }
  }

  /** As docs/operations.md says: what names comes before what it names, while work goes on. */
  private static void backUp(Path state, Path copy) throws IOException {
    Path from = state.resolve("s3/kedge/projects/default");
    Path to = copy.resolve("s3/kedge/projects/default");
    for (String part :
        List.of("experiments", "models", "datasets", "stages", "artifacts", "blobs")) {
      Files.createDirectories(to);
      copy(from.resolve(part), to.resolve(part));
    }
  }

  @Test
  void aPausedExperimentGoesOnToTheSameBytesAlsoAfterTheWholePlatformWasKilled() throws Exception {
    String[] longer = {"--set", "training.epochs=300", "--set", "training.seeds=[4]"};
    Path elsewhere = folder.resolve("paused");
    copy(folder.resolve("state"), elsewhere);
    launch(kedge, "unpaused", longer, "--wait");

    RunningKedge platform = RunningKedge.start(elsewhere);
    launch(platform, "paused", longer);
    Stage training = stage(experiment(platform, "paused"), "train-full");
    while (!hasSavedProgress(elsewhere, training)) {
      assertThat(training.getState()).isIn(Stage.State.WAITING, Stage.State.RUNNING);
      Thread.sleep(50);
      training = stage(experiment(platform, "paused"), "train-full");
    }
    assertThat(platform.kedge("pause", "paused")).contains("is now PAUSED", "kedge resume");
    RunningKedge.Said waiting = platform.tryKedge("watch", "paused");
    assertThat(waiting.code()).isEqualTo(1);
    assertThat(waiting.text()).contains("is paused; `kedge resume");
    Experiment stopped = experiment(platform, "paused");
    assertThat(stopped.getStagesList())
        .extracting(Stage::getState)
        .containsOnly(Stage.State.SUCCEEDED, Stage.State.WAITING);
    assertThat(stage(stopped, "train-full").getState()).isEqualTo(Stage.State.WAITING);
    platform.kill();

    try (RunningKedge again = RunningKedge.start(elsewhere)) {
      Thread.sleep(3000);
      assertThat(experiment(again, "paused")).isEqualTo(stopped);
      again.kedge("resume", "paused");
      again.kedge("watch", "paused");
      Experiment ended = experiment(again, "paused");
      assertThat(artifacts(ended)).isEqualTo(artifacts(experiment("unpaused")));
      assertThat(ended.getStagesList()).allMatch(stage -> stage.getAttempts() <= 1);
      assertThat(again.kedge("logs", "paused", "train-full"))
          .contains("goes on from saved progress");
      assertThat(again.kedge("get", "paused")).contains(": pause", ": resume");
      assertThat(again.tryKedge("resume", "paused").code()).isEqualTo(4);
      assertThat(again.tryKedge("pause", "paused").text()).contains("there is nothing to pause");
    }
  }

  @Test
  void anExperimentIsTakenToAnotherInstallation() throws IOException {
    String[] seed = {"--set", "training.seeds=[5]"};
    launch(kedge, "carried", seed, "--wait");
    Path archive = folder.resolve("carried.kedge");
    assertThat(kedge.kedge("pack", "carried", archive.toString())).contains("packed carried into");
    assertThat(kedge.tryKedge("pack", "carried", archive.toString()).text()).contains("a new file");

    try (RunningKedge other = RunningKedge.start(folder.resolve("other"))) {
      assertThat(other.kedge("unpack", archive.toString())).contains("which is SUCCEEDED");
      Experiment there = experiment(other, "carried");
      assertThat(artifacts(there)).isEqualTo(artifacts(experiment("carried")));
      assertThat(other.kedge("report", "carried")).isEqualTo(kedge.kedge("report", "carried"));
      assertThat(other.kedge("logs", "carried", "prepare-photo-train"))
          .isEqualTo(kedge.kedge("logs", "carried", "prepare-photo-train"));
      other.kedge("export", "carried", folder.resolve("from-there").toString());
      other.kedge(
          "fork", "carried", "--set", "methods[1].l2.lambda=0.7", "--title", "on", "--wait");
      assertThat(stage(experiment(other, "on"), "train-full").getCached()).isTrue();
      assertThat(stage(experiment(other, "on"), "train-l2").getCached()).isFalse();
      assertThat(other.tryKedge("unpack", archive.toString()).code()).isEqualTo(4);
    }
  }

  private static boolean hasSavedProgress(Path state, Stage stage) {
    return Files.isDirectory(
        state.resolve(
            "s3/kedge/projects/default/stages/%s/progress/manifests".formatted(stage.getKey())));
  }

  private static void launch(RunningKedge to, String title, String[] changes, String... more)
      throws IOException {
    List<String> args = new ArrayList<>(List.of("launch", file("tuning.yaml"), "--title", title));
    args.addAll(List.of(changes));
    args.addAll(List.of(more));
    to.kedge(args.toArray(String[]::new));
  }

  /** The report is left out: it tells measured seconds. */
  private static Map<String, String> artifacts(Experiment experiment) {
    Map<String, String> artifacts = new TreeMap<>();
    for (Stage stage : experiment.getStagesList()) {
      if (!stage.getKind().equals("REPORT")) {
        artifacts.put(stage.getId(), stage.getArtifact());
      }
    }
    return artifacts;
  }

  private static Stage stage(Experiment experiment, String id) {
    return experiment.getStagesList().stream()
        .filter(stage -> stage.getId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Experiment experiment(String title) throws IOException {
    return experiment(kedge, title);
  }

  private static Experiment experiment(RunningKedge from, String title) throws IOException {
    Experiment.Builder experiment = Experiment.newBuilder();
    JsonFormat.parser().merge(from.kedge("get", title, "--json"), experiment);
    return experiment.build();
  }

  private static void importPictures() throws IOException {
    DemoPictures drawer = new DemoPictures(7);
    for (String domain : new String[] {"photo", "cartoon"}) {
      for (Map.Entry<String, Integer> part : PARTS.entrySet()) {
        String name = domain + "-" + part.getKey();
        Path tar = folder.resolve(name + ".tar");
        drawer.write(tar, part.getKey(), domain, part.getValue());
        kedge.importDataset(name, tar);
      }
    }
  }

  private static String file(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = WalkingIT.class.getResourceAsStream("/walk/" + name)) {
      Files.write(file, in.readAllBytes());
    }
    return file.toString();
  }

  /** All that is there; saved progress is replaced, and so vanishes, while this goes on. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try {
              Files.copy(file, to.resolve(from.relativize(file)));
            } catch (NoSuchFileException gone) {
              return visitFileFailed(file, gone);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
