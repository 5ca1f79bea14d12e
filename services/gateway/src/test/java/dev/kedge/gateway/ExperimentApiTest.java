package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageResult;
import dev.kedge.store.VersionedRecord;
import dev.kedge.v1.CancelExperimentRequest;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.DeleteExperimentRequest;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.ForkExperimentRequest;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.GetReportResponse;
import dev.kedge.v1.GetStageRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.Limits;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.ListExperimentsResponse;
import dev.kedge.v1.ListPredictionsRequest;
import dev.kedge.v1.ListPredictionsResponse;
import dev.kedge.v1.Method;
import dev.kedge.v1.NextTry;
import dev.kedge.v1.PauseExperimentRequest;
import dev.kedge.v1.PlanExperimentRequest;
import dev.kedge.v1.PlanExperimentResponse;
import dev.kedge.v1.PlannedStage;
import dev.kedge.v1.Report;
import dev.kedge.v1.ResumeExperimentRequest;
import dev.kedge.v1.RetryStageRequest;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageLog;
import dev.kedge.v1.TradeOffPoint;
import dev.kedge.v1.Training;
import dev.kedge.v1.WatchExperimentRequest;
import dev.kedge.v1.WatchExperimentResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class ExperimentApiTest extends GatewayFixture {
  @Inject Projects projects;

  @BeforeEach
  void aModelAndData() {
    model("clip-base", clip());
    dataset("photo", "cat/1.jpg", "dog/1.jpg");
    dataset("art", "cat/2.jpg", "dog/2.jpg");
  }

  @Test
  void anExperimentIsAcceptedWithItsStagesAndWhatItsNamesStandFor() {
    Experiment launched = launch(UUID.randomUUID().toString(), spec());

    assertThat(launched.getState()).isEqualTo(Experiment.State.PENDING);
    assertThat(launched.getResolvedMap())
        .containsOnlyKeys("models/clip-base", "datasets/photo", "datasets/art");
    assertThat(launched.getStagesList())
        .allSatisfy(stage -> assertThat(stage.getState()).isEqualTo(Stage.State.WAITING));
    assertThat(launched.getStagesList())
        .extracting(Stage::getId)
        .contains("prepare-photo", "train-base", "train-full", "report");
    assertThat(get(launched.getName())).isEqualTo(launched);
  }

  @Test
  void everyProblemOfAFileIsReportedWithItsPath() {
    ExperimentSpec wrong =
        spec().toBuilder()
            .setBase("models/nobody")
            .setTraining(Training.newBuilder().addLearningRate(-1))
            .addEvaluations(
                Evaluation.newBuilder()
                    .setId("art")
                    .setDataset("datasets/none")
                    .setRole(Evaluation.Role.GENERALITY))
            .build();

    StatusRuntimeException refused = refused(() -> launch("wrong", wrong));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(reason(refused)).isEqualTo("EXPERIMENT_INVALID");
    assertThat(fields(refused))
        .contains("base", "training.epochs", "training.learning_rate[0]", "evaluations[1].dataset")
        .hasSizeGreaterThanOrEqualTo(5);
    assertThat(fields(refused(() -> plan(wrong)))).isEqualTo(fields(refused));
  }

  @Test
  void aTitleThatWouldSteerATerminalIsRefusedBeforeAnythingRuns() {
    for (String title : List.of("a\u001b[2J", "two\nlines", "\u009b2J", "\u007f")) {
      LaunchExperimentRequest launch =
          LaunchExperimentRequest.newBuilder()
              .setParent(PROJECT)
              .setSpec(spec())
              .setRequestId(UUID.randomUUID().toString())
              .setDisplayName(title)
              .build();
      StatusRuntimeException refused = refused(() -> experiments.launchExperiment(launch));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(reason(refused)).isEqualTo("TITLE_INVALID");
      assertThat(fields(refused)).containsExactly("display_name");
      assertThat(refused.getStatus().getDescription())
          .contains("control character U+00", "give a title without it")
          .doesNotContainPattern("\\p{Cntrl}|[\u0080-\u009f]");
    }
  }

  @Test
  void whatDoesNotFitTheModelIsRefusedBeforeAnythingRuns() {
    Method lora =
        Method.newBuilder()
            .setId("lora")
            .setLora(Method.Lora.newBuilder().addRank(4).addTargets("query"))
            .build();
    StatusRuntimeException refused =
        refused(() -> launch("misfit", spec().toBuilder().addMethods(lora).build()));
    assertThat(fields(refused)).containsExactly("methods[1].lora.targets");
  }

  @Test
  void theSameRequestIsOneExperimentAlsoWhenItIsSentAtTheSameTime() {
    String requestId = UUID.randomUUID().toString();
    Set<String> names = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 8).parallel().forEach(i -> names.add(launch(requestId, spec()).getName()));

    assertThat(names).hasSize(1);
    assertThat(launch(UUID.randomUUID().toString(), spec()).getName()).isNotIn(names);
  }

  @Test
  void aKnownRequestIdWithAnotherFileIsRefused() {
    Experiment known = launch("nightly", spec());
    ExperimentSpec.Builder changed = spec().toBuilder();
    changed.getTrainingBuilder().setEpochs(7);

    StatusRuntimeException refused = refused(() -> launch("nightly", changed.build()));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused).hasMessageContaining(known.getName() + ", which is another experiment");
    fork(known, "nightly-fork", Map.of("training.epochs", "3"));
    assertThat(refused(() -> fork(known, "nightly-fork", Map.of("training.epochs", "4"))))
        .hasMessageContaining("'nightly-fork' was the request id of");
  }

  @Test
  void aLaunchWithoutRequestIdIsRefused() {
    assertThat(fields(refused(() -> launch("", spec())))).containsExactly("request_id");
  }

  @Test
  void aForkIsTheSameExperimentWithChangesAndSaysWhatItCameFrom() {
    Experiment source = launch(UUID.randomUUID().toString(), spec());

    Experiment fork = fork(source, UUID.randomUUID().toString(), Map.of("training.epochs", "3"));

    ExperimentSpec.Builder changed = source.getSpec().toBuilder();
    changed.getTrainingBuilder().setEpochs(3);
    assertThat(fork.getName()).isNotEqualTo(source.getName());
    assertThat(fork.getSpec()).isEqualTo(changed.build());
    assertThat(fork.getState()).isEqualTo(Experiment.State.PENDING);
    assertThat(fork.getDisplayName()).isEqualTo(source.getDisplayName());
    assertThat(fork.getFork().getExperiment()).isEqualTo(source.getName());
    assertThat(fork.getFork().getChangesMap()).containsExactly(Map.entry("training.epochs", "3"));
    assertThat(get(fork.getName())).isEqualTo(fork);
  }

  @Test
  void aForkHasATitleOfItsOwn() {
    Experiment source =
        experiments.launchExperiment(
            LaunchExperimentRequest.newBuilder()
                .setParent(PROJECT)
                .setSpec(spec())
                .setRequestId(UUID.randomUUID().toString())
                .setDisplayName("walk")
                .build());
    ForkExperimentRequest.Builder request =
        ForkExperimentRequest.newBuilder().setName(source.getName());

    assertThat(
            experiments
                .forkExperiment(request.setRequestId(UUID.randomUUID().toString()).build())
                .getDisplayName())
        .isEqualTo("walk (fork)");
    assertThat(
            experiments
                .forkExperiment(
                    request
                        .setRequestId(UUID.randomUUID().toString())
                        .setDisplayName("run")
                        .build())
                .getDisplayName())
        .isEqualTo("run");
  }

  @Test
  void aForkKeepsWhatNamesStoodForUnlessAChangeGivesThemAnew() {
    dataset("moved", "cat/1.jpg", "dog/1.jpg", "cat/only-in-the-first.jpg");
    ExperimentSpec.Builder spec = spec().toBuilder();
    spec.getTaskBuilder().getImageClassificationBuilder().setTrain("datasets/moved");
    Experiment source = launch(UUID.randomUUID().toString(), spec.build());
    DatasetVersion newest = dataset("moved", "bird/1.jpg", "cat/1.jpg", "dog/1.jpg");
    String before = source.getResolvedOrThrow("datasets/moved");
    assertThat(newest.getArtifact()).isNotEqualTo(before);

    Experiment kept = fork(source, UUID.randomUUID().toString(), Map.of("training.epochs", "2"));
    Experiment anew =
        fork(
            source,
            UUID.randomUUID().toString(),
            Map.of("task.image_classification.train", "\"datasets/moved\""));

    assertThat(kept.getResolvedMap()).isEqualTo(source.getResolvedMap());
    assertThat(anew.getResolvedOrThrow("datasets/moved")).isEqualTo(newest.getArtifact());
    assertThat(anew.getResolvedOrThrow("models/clip-base"))
        .isEqualTo(source.getResolvedOrThrow("models/clip-base"));
  }

  @Test
  void aForkRequestIsOneExperimentEvenWhenTheOtherIsDeletedMeanwhile() {
    Experiment source = launch(UUID.randomUUID().toString(), spec());
    String requestId = UUID.randomUUID().toString();
    Experiment fork = fork(source, requestId, Map.of());
    change(source.getName(), experiment -> experiment.setState(Experiment.State.CANCELLED));
    delete(source.getName());

    assertThat(fork(source, requestId, Map.of()).getName()).isEqualTo(fork.getName());
    assertThat(code(() -> fork(source, "another", Map.of()))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(fields(refused(() -> fork(fork, "", Map.of())))).containsExactly("request_id");
  }

  @Test
  void everyProblemOfAForksChangesIsReportedWithItsPath() {
    Experiment source = launch(UUID.randomUUID().toString(), spec());

    StatusRuntimeException form =
        refused(
            () ->
                fork(
                    source,
                    "form",
                    Map.of("training.epochs", "\"x\"", "bse", "1", "training.batch_size", "8")));
    assertThat(form.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(reason(form)).isEqualTo("EXPERIMENT_INVALID");
    assertThat(fields(form)).containsExactlyInAnyOrder("bse", "training.epochs");

    StatusRuntimeException meaning =
        refused(
            () ->
                fork(
                    source,
                    "meaning",
                    Map.of("training.epochs", "0", "base", "\"models/nobody\"")));
    assertThat(fields(meaning)).containsExactlyInAnyOrder("base", "training.epochs");
  }

  private Experiment fork(Experiment source, String requestId, Map<String, String> changes) {
    return experiments.forkExperiment(
        ForkExperimentRequest.newBuilder()
            .setName(source.getName())
            .setRequestId(requestId)
            .putAllChanges(changes)
            .build());
  }

  @Test
  void aPlanSaysWhatIsCachedWhatIsDamagedAndWhatIsUnknown() {
    PlannedStage before = planned("prepare-photo");
    assertThat(before.getOutcome()).isEqualTo(PlannedStage.Outcome.WILL_RUN);
    assertThat(before.getBecause()).startsWith("there is no result for key ");
    assertThat(planned("train-full").getOutcome()).isEqualTo(PlannedStage.Outcome.UNKNOWN);
    assertThat(planned("train-full").getBecause()).isEqualTo("unknown until prepare-photo has run");

    Blob blob = commit(before.getKey(), "index.json", "{}");
    assertThat(planned("prepare-photo").getOutcome()).isEqualTo(PlannedStage.Outcome.CACHED);
    assertThat(planned("train-full").getOutcome()).isEqualTo(PlannedStage.Outcome.WILL_RUN);

    String hex = blob.digest().hex();
    projects.objects().delete("projects/p/blobs/sha256/%s/%s".formatted(hex.substring(0, 2), hex));
    assertThat(planned("prepare-photo").getOutcome()).isEqualTo(PlannedStage.Outcome.WILL_RUN);
    assertThat(planned("prepare-photo").getBecause()).endsWith("lacks index.json");
  }

  @Test
  void aStageTellsWhatItIsMadeFromAndHowOnceItIs() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    Stage waiting = getStage(name, "train-full");
    Struct optimisation = waiting.getSpec().getFieldsOrThrow("optimisation").getStructValue();
    assertThat(optimisation.getFieldsOrThrow("batch_size").getNumberValue()).isEqualTo(64);
    assertThat(waiting.hasLineage()).isFalse();

    String key = "c".repeat(64);
    String document =
        """
        {"spec": {"train": {"optimisation": {"batchSize": 8}}}, "version": "0.1", "exact": true}
        """;
    JsonNode lineage =
        CanonicalJson.read(document.getBytes(StandardCharsets.UTF_8), JsonNode.class, "test");
    Digest made = put("config.json", "{}");
    store()
        .results()
        .commit(key, new StageResult(made, lineage, JsonNodeFactory.instance.objectNode()));
    change(
        name,
        experiment -> {
          stage(experiment, "train-full").setKey(key);
          return finish(experiment, "train-full", made);
        });
    Stage done = getStage(name, "train-full");
    optimisation = done.getSpec().getFieldsOrThrow("optimisation").getStructValue();
    assertThat(optimisation.getFieldsOrThrow("batch_size").getNumberValue()).isEqualTo(8);
    assertThat(done.getLineage().getFieldsMap()).containsOnlyKeys("version", "exact");
    assertThat(reason(refused(() -> getStage(name, "nobody")))).isEqualTo("STAGE_NOT_FOUND");
  }

  @Test
  void aParkedStageTellsHowFarItGotAndWhatItSaidLast() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    String key = "f".repeat(64);
    change(
        name,
        experiment -> {
          stage(experiment, "train-full").setKey(key).setState(Stage.State.PARKED);
          return experiment;
        });
    log(key, 0, "{\"log\": {\"level\": \"INFO\", \"text\": \"begins\"}}");
    log(key, 1, "{\"progress\": {\"done\": \"3\", \"total\": \"9\", \"unit\": \"steps\"}}");
    log(
        key,
        2,
        "{\"progress\": {\"done\": \"7\", \"total\": \"9\", \"unit\": \"steps\","
            + " \"computeSeconds\": 12.5}}");
    log(key, 3, "{\"log\": {\"level\": \"WARNING\", \"text\": \"memory is short\"}}");

    Stage parked = getStage(name, "train-full");

    assertThat(parked.getProgress().getDone()).isEqualTo(7);
    assertThat(parked.getComputeSeconds()).isEqualTo(12.5);
    assertThat(parked.getLastLinesList())
        .extracting(StageLog::getText)
        .containsExactly("begins", "memory is short");
    assertThat(getStage(name, "prepare-photo").hasProgress()).isFalse();
    assertThat(getStage(name, "prepare-photo").getWaitsFor())
        .isEqualTo("waits for an orchestrator");
    assertThat(stage(get(name).toBuilder(), "evaluate-full").getWaitsFor())
        .isEqualTo("waits for train-full, which is parked");
  }

  @Test
  void aSearchTellsWhatItTriedAndFound() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    String key = "d".repeat(64);
    Digest made =
        putAs(
            "recipe",
            "recipe.json",
            "{\"checkpoint\": {\"artifact\": \"sha256:a\"}}",
            "search.json",
            "{\"tried\": [{\"score\": 0.5}]}");
    JsonNode lineage =
        CanonicalJson.read(
            "{\"spec\": {\"soup\": {}}}".getBytes(StandardCharsets.UTF_8), JsonNode.class, "test");
    store()
        .results()
        .commit(key, new StageResult(made, lineage, JsonNodeFactory.instance.objectNode()));
    change(
        name,
        experiment -> {
          stage(experiment, "train-full").setKey(key);
          return finish(experiment, "train-full", made);
        });

    Struct found = getStage(name, "train-full").getFound();

    assertThat(found.getFieldsOrThrow("recipe").getStructValue().getFieldsMap())
        .containsOnlyKeys("checkpoint");
    assertThat(found.getFieldsOrThrow("search").getStructValue().getFieldsMap())
        .containsOnlyKeys("tried");
  }

  private Stage getStage(String experiment, String stage) {
    return experiments.getStage(
        GetStageRequest.newBuilder().setName(experiment + "/stages/" + stage).build());
  }

  @Test
  void listsAreNewestFirstPagedAndFilteredByState() {
    List<String> launched = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      launched.add(0, launch(UUID.randomUUID().toString(), spec()).getName());
    }
    change(launched.get(1), experiment -> experiment.setState(Experiment.State.CANCELLED));

    ListExperimentsResponse first = list(2, "", "");
    assertThat(first.getExperimentsList())
        .extracting(Experiment::getName)
        .containsExactly(launched.get(0), launched.get(1));
    assertThat(first.getExperimentsList())
        .allSatisfy(experiment -> assertThat(experiment.getStagesCount()).isZero());
    assertThat(list(2, first.getNextPageToken(), "").getExperiments(0).getName())
        .isEqualTo(launched.get(2));
    assertThat(list(50, "", "state = CANCELLED").getExperimentsList())
        .extracting(Experiment::getName)
        .contains(launched.get(1))
        .doesNotContain(launched.get(0), launched.get(2));
    change(launched.get(2), experiment -> experiment.setDisplayName("a \"b\" \\ c"));
    assertThat(list(50, "", "title = \"a \\\"b\\\" \\\\ c\"").getExperimentsList())
        .extracting(Experiment::getName)
        .containsExactly(launched.get(2));
    assertThat(list(50, "", "title = \"a\"").getExperimentsList()).isEmpty();
    for (String filter : List.of("name = x", "title = a", "title = \"a\"b\"", "state = GONE")) {
      assertThat(fields(refused(() -> list(1, "", filter)))).containsExactly("filter");
    }
    assertThat(fields(refused(() -> list(-1, "", "")))).containsExactly("page_size");
  }

  @Test
  void aListNamesWhatItCannotReadAndShowsTheRest() {
    Experiment readable = launch(UUID.randomUUID().toString(), spec());
    Map<String, String> unreadable = Map.of("newer", "{\"recordForm\": 99}", "broken", "{");
    unreadable.forEach(
        (id, json) ->
            store().records().create("experiments/" + id, json.getBytes(StandardCharsets.UTF_8)));
    try {
      ListExperimentsResponse answer = list(50, "", "");

      assertThat(answer.getExperimentsList())
          .extracting(Experiment::getName)
          .contains(readable.getName());
      assertThat(answer.getUnreachableList())
          .containsExactlyInAnyOrder(
              "projects/p/experiments/newer", "projects/p/experiments/broken");
      assertThat(reason(refused(() -> get("projects/p/experiments/newer"))))
          .isEqualTo("RECORD_TOO_NEW");
    } finally {
      unreadable.keySet().forEach(id -> store().records().delete("experiments/" + id));
    }
  }

  @Test
  void whatIsNotThereIsNotFoundAndWhatRunsIsNotDeleted() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();

    assertThat(code(() -> get("projects/p/experiments/none"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(() -> retry(name + "/stages/train-none"))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(reason(refused(() -> delete(name)))).isEqualTo("NOT_ENDED");
    assertThat(reason(refused(() -> report(name, false)))).isEqualTo("NO_REPORT_YET");

    change(name, experiment -> experiment.setState(Experiment.State.CANCELLED));
    delete(name);
    assertThat(code(() -> get(name))).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void anOperationThatNobodyTakesUpEndsWithUnavailable() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();

    StatusRuntimeException failed =
        refused(
            () ->
                experiments.cancelExperiment(
                    CancelExperimentRequest.newBuilder().setName(name).build()));
    assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failed.getStatus().getDescription())
        .contains("no orchestrator", "it may still be done once one runs");
  }

  @Test
  void aReportIsTheArtifactOfTheReportStage() throws Exception {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    Report report =
        Report.newBuilder()
            .setRule("the best")
            .addPoints(
                TradeOffPoint.newBuilder()
                    .setLabel("base")
                    .setMethod("base")
                    .setGenerality(Estimate.newBuilder().setValue(0.75)))
            .setRecommendedCheckpoint("sha256:" + "a".repeat(64))
            .build();
    Digest artifact =
        put("report.json", JsonFormat.printer().print(report), "report.html", "not this");
    change(name, experiment -> finish(experiment, "report", artifact));

    GetReportResponse answer = report(name, true);
    assertThat(answer.getReport().getRule()).isEqualTo("the best");
    assertThat(answer.getReport().getRecommendedCheckpoint())
        .isEqualTo("projects/p/checkpoints/" + "a".repeat(64));
    assertThat(answer.getReport().getOrigin().getExperiment()).isEqualTo(name);
    assertThat(answer.getHtml())
        .as("made of the numbers anew, and says of which experiment")
        .contains(
            "<h2>All points</h2>", "the best", "<code>" + name + "</code>", "models/clip-base");
    assertThat(report(name, false).getHtml()).isEmpty();
    GetReportResponse tables =
        experiments.getReport(
            GetReportRequest.newBuilder().setName(name).setCsv(true).setMarkdown(true).build());
    assertThat(tables.getHtml()).isEmpty();
    assertThat(tables.getCsv()).startsWith("point,method,").contains("base,base,", ",0.75,");
    assertThat(tables.getMarkdown()).contains("## Points", "| base |", "the best");
  }

  @Test
  void predictionsAreThoseOfTheEvaluationsAsFarAsTheyAreThere() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    assertThat(reason(refused(() -> predictions(name, "", "")))).isEqualTo("NO_PREDICTIONS_YET");
    Digest artifact =
        put(
            "index.json",
            """
            {"suites": {"art": {"full": "art/full.jsonl"}, "text": {"full": "text/full.jsonl"}}}
            """,
            "art/full.jsonl",
            """
            {"classes": ["cat", "dog"]}
            {"sample": "1", "label": 0, "top": [1, 0], "confidence": 0.75}
            """,
            "text/full.jsonl",
            """
            {"measure": "ACCURACY"}
            {"sample": "2", "nats": 3, "bytes": 4, "tokens": 2, "choices": [3, 5], "label": 0}
            """);
    change(
        name,
        experiment -> {
          String evaluation =
              experiment.getStagesList().stream()
                  .filter(stage -> stage.getKind().equals("EVALUATE"))
                  .map(Stage::getId)
                  .findFirst()
                  .orElseThrow();
          return finish(experiment, evaluation, artifact);
        });

    List<ListPredictionsResponse> all = predictions(name, "", "");
    assertThat(all).extracting(ListPredictionsResponse::getSuite).containsExactly("art", "text");
    var said = all.get(0).getPredictions(0).getClassification();
    assertThat(said.getLabel()).isEqualTo("cat");
    assertThat(said.getTopList()).containsExactly("dog", "cat");
    assertThat(said.getRight()).isFalse();
    var chosen = all.get(1).getPredictions(0).getLanguage();
    assertThat(chosen.getRight()).isTrue();
    assertThat(chosen.getChoicesList()).containsExactly(3.0, 5.0);
    assertThat(predictions(name, "text", "full")).containsExactly(all.get(1));
    assertThat(refused(() -> predictions(name, "art", "base")))
        .hasMessageContaining("the suites are [art, text], the candidates [full]");
  }

  @Test
  void aWatchTellsRecordAndLogsAndGoesOnFromAnyCursor() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    String key = planned("prepare-art").getKey();
    log(key, 0, "{\"progress\": {\"done\": 1, \"total\": 2, \"unit\": \"records\"}}");
    log(key, 1, "{\"log\": {\"level\": \"WARNING\", \"text\": \"a broken picture\"}}");
    log(key, 2, "{\"result\": {\"artifact\": \"x\"}}");
    change(
        name,
        experiment -> {
          stage(experiment, "prepare-art").setState(Stage.State.SUCCEEDED).setKey(key);
          return experiment.setState(Experiment.State.CANCELLED);
        });

    List<WatchExperimentResponse> all = watch(name, "");
    assertThat(all)
        .extracting(WatchExperimentResponse::getEventCase)
        .containsExactly(
            WatchExperimentResponse.EventCase.PROGRESS,
            WatchExperimentResponse.EventCase.LOG,
            WatchExperimentResponse.EventCase.EXPERIMENT);
    assertThat(all.get(0).getProgress().getStage()).isEqualTo("prepare-art");
    assertThat(all.get(1).getLog().getText()).isEqualTo("a broken picture");
    assertThat(watch(name, all.get(0).getCursor())).isEqualTo(all.subList(1, 3));
    assertThat(watch(name, all.get(2).getCursor())).isEmpty();
    assertThat(code(() -> watch(name, "nonsense"))).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void aStageAtWorkIsFollowedThoughItsKeyIsInNoRecordYet() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    log(planned("prepare-photo").getKey(), 0, "{\"log\": {\"text\": \"reading\"}}");
    change(
        name,
        experiment -> {
          stage(experiment, "prepare-photo").setState(Stage.State.RUNNING);
          return experiment.setState(Experiment.State.RUNNING);
        });

    var events =
        experiments.watchExperiment(WatchExperimentRequest.newBuilder().setName(name).build());
    assertThat(events.next().getLog().getText()).isEqualTo("reading");
    assertThat(events.next().getExperiment().getState()).isEqualTo(Experiment.State.RUNNING);
    change(
        name,
        experiment -> {
          stage(experiment, "prepare-photo").setState(Stage.State.CANCELLED);
          return experiment.setState(Experiment.State.CANCELLED);
        });
    assertThat(events.next().getExperiment().getState()).isEqualTo(Experiment.State.CANCELLED);
    assertThat(events.hasNext()).isFalse();
  }

  @Test
  void whatOthersWereToldOfAStageIsNotNewsOfThisRun() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    String key = planned("prepare-art").getKey();
    log(key, 0, "{\"time\": \"2026-01-01T00:00:00Z\", \"log\": {\"text\": \"before\"}}");
    log(key, 1, "{\"time\": \"2026-01-01T00:00:09Z\", \"log\": {\"text\": \"since\"}}");
    log(key, 2, "{\"result\": {\"artifact\": \"x\"}}");
    change(
        name,
        experiment -> {
          stage(experiment, "prepare-art")
              .setState(Stage.State.SUCCEEDED)
              .setStartTime(Timestamps.fromSeconds(1_767_225_605))
              .setKey(key);
          return experiment.setState(Experiment.State.CANCELLED);
        });

    assertThat(watch(name, ""))
        .filteredOn(WatchExperimentResponse::hasLog)
        .extracting(event -> event.getLog().getText())
        .contains("since")
        .doesNotContain("before");
  }

  @Test
  void whatIsCancelledAlreadyStaysSo() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    change(name, experiment -> experiment.setState(Experiment.State.CANCELLED));

    assertThat(
            experiments
                .cancelExperiment(CancelExperimentRequest.newBuilder().setName(name).build())
                .getState())
        .isEqualTo(Experiment.State.CANCELLED);
  }

  @Test
  void whatIsPausedAlreadyStaysSoIsListedAndNotDeleted() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    change(name, experiment -> experiment.setState(Experiment.State.PAUSED));

    assertThat(
            experiments
                .pauseExperiment(PauseExperimentRequest.newBuilder().setName(name).build())
                .getState())
        .isEqualTo(Experiment.State.PAUSED);
    assertThat(list(50, "", "state = PAUSED").getExperimentsList())
        .extracting(Experiment::getName)
        .contains(name);
    assertThat(list(50, "", "state = PENDING").getExperimentsList())
        .extracting(Experiment::getName)
        .doesNotContain(name);
    assertThat(reason(refused(() -> delete(name)))).isEqualTo("NOT_ENDED");
  }

  @Test
  void aLimitThatIsNoneIsRefusedAtItsPlaceBeforeAnybodyIsAsked() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    change(name, experiment -> experiment.setState(Experiment.State.PAUSED));
    StatusRuntimeException failed =
        refused(
            () ->
                experiments.resumeExperiment(
                    ResumeExperimentRequest.newBuilder()
                        .setName(name)
                        .setLimits(Limits.newBuilder().setComputeHours(-1))
                        .build()));
    assertThat(reason(failed)).isEqualTo("LIMITS_INVALID");
    assertThat(fields(failed)).containsExactly("limits.compute_hours");
  }

  @Test
  void aWatchOfAPausedExperimentEndsOnceItsStagesHaveStopped() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    change(
        name,
        experiment -> {
          stage(experiment, "prepare-photo").setState(Stage.State.RUNNING);
          return experiment.setState(Experiment.State.PAUSED);
        });

    var events =
        experiments.watchExperiment(WatchExperimentRequest.newBuilder().setName(name).build());
    assertThat(nextRecord(events).getState()).isEqualTo(Experiment.State.PAUSED);
    change(
        name,
        experiment -> {
          stage(experiment, "prepare-photo").setState(Stage.State.WAITING);
          return experiment;
        });
    assertThat(nextRecord(events).getStagesList())
        .extracting(Stage::getState)
        .doesNotContain(Stage.State.RUNNING);
    assertThat(events.hasNext()).isFalse();
  }

  @Test
  void aWatchTellsAnewWhatAStageWaitsForOnceTimeHasChangedThat() {
    String name = launch(UUID.randomUUID().toString(), spec()).getName();
    Timestamp soon = Timestamps.add(Timestamps.now(), Durations.fromSeconds(3));
    change(
        name,
        experiment -> {
          stage(experiment, "prepare-photo").setNextTry(NextTry.newBuilder().setTime(soon));
          return experiment.setState(Experiment.State.RUNNING);
        });

    var events =
        experiments
            .withDeadlineAfter(30, TimeUnit.SECONDS)
            .watchExperiment(WatchExperimentRequest.newBuilder().setName(name).build());
    Experiment first = nextRecord(events);
    assertThat(stage(first.toBuilder(), "prepare-photo").getWaitsFor()).startsWith("waits until ");
    Experiment second = nextRecord(events);
    assertThat(stage(second.toBuilder(), "prepare-photo").getWaitsFor())
        .isEqualTo("waits for a worker of PREPARE");
    assertThat(second.getUpdateTime()).isEqualTo(first.getUpdateTime());
    change(name, experiment -> experiment.setState(Experiment.State.CANCELLED));
    assertThat(nextRecord(events).getState()).isEqualTo(Experiment.State.CANCELLED);
  }

  private static Experiment nextRecord(Iterator<WatchExperimentResponse> events) {
    WatchExperimentResponse event = events.next();
    while (!event.hasExperiment()) {
      event = events.next();
    }
    return event.getExperiment();
  }

  private Experiment launch(String requestId, ExperimentSpec spec) {
    return experiments.launchExperiment(
        LaunchExperimentRequest.newBuilder()
            .setParent(PROJECT)
            .setSpec(spec)
            .setRequestId(requestId)
            .build());
  }

  private PlanExperimentResponse plan(ExperimentSpec spec) {
    return experiments.planExperiment(
        PlanExperimentRequest.newBuilder().setParent(PROJECT).setSpec(spec).build());
  }

  private PlannedStage planned(String id) {
    return plan(spec()).getStagesList().stream()
        .filter(stage -> stage.getId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Experiment get(String name) {
    return experiments.getExperiment(GetExperimentRequest.newBuilder().setName(name).build());
  }

  private Object delete(String name) {
    return experiments.deleteExperiment(DeleteExperimentRequest.newBuilder().setName(name).build());
  }

  private Experiment retry(String name) {
    return experiments.retryStage(RetryStageRequest.newBuilder().setName(name).build());
  }

  private GetReportResponse report(String name, boolean html) {
    return experiments.getReport(GetReportRequest.newBuilder().setName(name).setHtml(html).build());
  }

  private List<ListPredictionsResponse> predictions(String name, String suite, String candidate) {
    List<ListPredictionsResponse> all = new ArrayList<>();
    experiments
        .listPredictions(
            ListPredictionsRequest.newBuilder()
                .setName(name)
                .setSuite(suite)
                .setCandidate(candidate)
                .build())
        .forEachRemaining(all::add);
    return all;
  }

  private ListExperimentsResponse list(int size, String token, String filter) {
    return experiments.listExperiments(
        ListExperimentsRequest.newBuilder()
            .setParent(PROJECT)
            .setPageSize(size)
            .setPageToken(token)
            .setFilter(filter)
            .build());
  }

  private List<WatchExperimentResponse> watch(String name, String cursor) {
    List<WatchExperimentResponse> events = new ArrayList<>();
    experiments
        .watchExperiment(
            WatchExperimentRequest.newBuilder().setName(name).setCursor(cursor).build())
        .forEachRemaining(events::add);
    return events;
  }

  private static StatusRuntimeException refused(Supplier<?> call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::get);
  }

  private static Status.Code code(Supplier<?> call) {
    return refused(call).getStatus().getCode();
  }

  private ProjectStore store() {
    return projects.store("p");
  }

  private Blob commit(String key, String path, String text) {
    Digest artifact = put(path, text);
    JsonNodeFactory json = JsonNodeFactory.instance;
    store().results().commit(key, new StageResult(artifact, json.objectNode(), json.objectNode()));
    return store().artifacts().get(artifact).files().get(path);
  }

  private Digest put(String... pathsAndTexts) {
    return putAs("made-by-test", pathsAndTexts);
  }

  private Digest putAs(String kind, String... pathsAndTexts) {
    var files = new TreeMap<String, Blob>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      byte[] bytes = pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
      files.put(pathsAndTexts[i], store().blobs().put(bytes));
    }
    return store().artifacts().put(new Artifact(kind, files));
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
    Experiment.Builder changed = change.apply(get(name).toBuilder());
    changed.setUpdateTime(Timestamps.fromMicros(Timestamps.toMicros(changed.getUpdateTime()) + 1));
    try {
      byte[] json = JsonFormat.printer().print(changed).getBytes(StandardCharsets.UTF_8);
      store().records().replace(path, json, record.version());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Experiment.Builder finish(Experiment.Builder experiment, String id, Digest made) {
    stage(experiment, id).setState(Stage.State.SUCCEEDED).setArtifact(made.toString());
    return experiment.setState(Experiment.State.SUCCEEDED);
  }

  private static Stage.Builder stage(Experiment.Builder experiment, String id) {
    return experiment.getStagesBuilderList().stream()
        .filter(stage -> stage.getId().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
