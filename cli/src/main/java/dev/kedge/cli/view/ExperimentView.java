package dev.kedge.cli.view;

import dev.kedge.v1.Allowance;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Fork;
import dev.kedge.v1.Operation;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import dev.kedge.v1.StageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Experiments for people. */
public final class ExperimentView {
  /** A path into the parameters of a stage, as messages name them. */
  private static final Pattern PARAMETER =
      Pattern.compile("\\b(optimisation|method)(\\.[a-z_0-9]+)+|\\bmax_quarantined_fraction\\b");

  /** Of a parked stage's; `kedge logs` has all. */
  private static final int LAST_LINES = 5;

  private ExperimentView() {}

  /** The id at the end of a full name. */
  public static String id(Experiment experiment) {
    return experiment.getName().substring(experiment.getName().lastIndexOf('/') + 1);
  }

  /** Where it stands now that somebody has moved it. */
  public static String now(Experiment experiment) {
    return "%s is now %s".formatted(id(experiment), experiment.getState());
  }

  /** The command that goes on from here: who follows a paused one sees nothing move. */
  public static String next(Experiment experiment) {
    String command = experiment.getState() == Experiment.State.PAUSED ? "resume" : "watch";
    return "kedge %s %s".formatted(command, id(experiment));
  }

  /** Stages that are given up in one and were not in the other, one in a line. */
  public static String givenUp(Experiment before, Experiment after) {
    Set<String> earlier = skipped(before).collect(Collectors.toSet());
    return skipped(after)
        .filter(stage -> !earlier.contains(stage))
        .map(stage -> "  " + stage)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static Stream<String> skipped(Experiment experiment) {
    return experiment.getStagesList().stream()
        .filter(stage -> stage.getState() == Stage.State.SKIPPED)
        .map(Stage::getId);
  }

  /** Many experiments. */
  public static String list(List<Experiment> experiments) {
    var table = new Table("EXPERIMENT", "TITLE", "STATE", "LAUNCHED");
    experiments.forEach(
        experiment ->
            table.row(
                id(experiment),
                experiment.getDisplayName(),
                experiment.getState().name(),
                Times.date(experiment.getCreateTime())));
    return table.toString();
  }

  /** One experiment with its stages, what ails it and what people did to it. */
  public static String details(Experiment experiment) {
    var text = new StringBuilder();
    text.append(
        "%s  %s  %s%n"
            .formatted(
                id(experiment), experiment.getState(), Visible.line(experiment.getDisplayName())));
    if (experiment.hasFork()) {
      text.append(origin(experiment.getFork())).append('\n');
    }
    if (experiment.hasAllowance()) {
      text.append(limits(experiment)).append('\n');
    }
    text.append(stages(experiment.getStagesList())).append('\n');
    if (experiment.hasPauseCause()) {
      text.append('\n').append(paused(experiment)).append('\n');
    }
    experiment.getStagesList().stream()
        .filter(stage -> stage.getState() == Stage.State.PARKED)
        .forEach(stage -> text.append('\n').append(trouble(id(experiment), stage)).append('\n'));
    for (Operation operation : experiment.getOperationsList()) {
      text.append(
          "%n%s  %s: %s"
              .formatted(
                  Times.date(operation.getTime()), operation.getActor(), operation.getAction()));
    }
    return text.toString().stripTrailing();
  }

  /** Why it is paused, where Kedge did it, and the commands that go on. */
  public static String paused(Experiment experiment) {
    return experiment.hasPauseCause()
        ? "%s is paused: %s".formatted(id(experiment), experiment.getPauseCause().getMessage())
        : "%1$s is paused; `kedge resume %1$s` goes on with it".formatted(id(experiment));
  }

  /** How long it may go on, and how much of that it has taken. */
  private static String limits(Experiment experiment) {
    Allowance allowance = experiment.getAllowance();
    List<String> limits = new ArrayList<>();
    if (allowance.hasFinishBy()) {
      limits.add("to be finished by " + Times.date(allowance.getFinishBy()));
    }
    if (allowance.hasComputeSeconds()) {
      double used =
          experiment.getStagesList().stream()
              .flatMap(stage -> stage.getComputedMap().values().stream())
              .mapToDouble(Double::doubleValue)
              .sum();
      limits.add(
          "computed %s of %s"
              .formatted(Times.seconds(used), Times.seconds(allowance.getComputeSeconds())));
    }
    return String.join(", ", limits);
  }

  private static String origin(Fork fork) {
    String source = fork.getExperiment().substring(fork.getExperiment().lastIndexOf('/') + 1);
    String changes =
        new TreeMap<>(fork.getChangesMap())
            .entrySet().stream()
                .map(change -> change.getKey() + "=" + change.getValue())
                .collect(Collectors.joining(", "));
    return "forked from %s%s"
        .formatted(source, changes.isEmpty() ? ", unchanged" : " with " + changes);
  }

  /** One stage with what it is made from and, of a search, what was tried and found. */
  public static String origin(Stage stage) {
    String head =
        "%s  %s  %s"
            .formatted(stage.getId(), stage.getState(), stage.getArtifact())
            .stripTrailing();
    List<String> parts = new ArrayList<>(List.of(head));
    if (!stage.getWaitsFor().isEmpty()) {
      parts.add(stage.getWaitsFor());
    } else if (stage.getState() == Stage.State.WAITING && stage.getAfterCount() > 0) {
      // An older gateway says nothing of what is waited for.
      parts.add("begins once these are over: " + String.join(", ", stage.getAfterList()));
    }
    switch (stage.getState()) {
      case PARKED -> parts.add(trouble(experiment(stage), stage));
      case RUNNING, CANCELLED -> parts.addAll(lastWords(stage));
      default -> {}
    }
    parts.add(Json.pretty(StructTree.of(stage.getSpec())));
    if (stage.hasLineage()) {
      parts.add(Json.pretty(StructTree.of(stage.getLineage())));
    }
    if (stage.hasFound()) {
      parts.add(Json.pretty(StructTree.of(stage.getFound())));
    }
    return String.join(System.lineSeparator(), parts);
  }

  /** The id of a stage's experiment: {@code projects/P/experiments/ID/stages/S}. */
  private static String experiment(Stage stage) {
    return stage.getName().split("/", -1)[3];
  }

  /** Why a stage is parked, and the commands that go on. */
  public static String trouble(String experiment, Stage stage) {
    return trouble(experiment, stage, ": " + stage.getError().getMessage());
  }

  /** The same where the message was told already. */
  public static String knownTrouble(String experiment, Stage stage) {
    return trouble(experiment, stage, "");
  }

  private static String trouble(String experiment, Stage stage, String message) {
    return """
    %1$s is parked (%2$s, %3$s)%4$s
    %7$s  kedge logs %5$s %1$s
      kedge retry %5$s %1$s %6$s
      kedge skip %5$s %1$s --dry-run
      kedge skip %5$s %1$s\
    """
        .formatted(
            stage.getId(),
            stage.getError().getReason(),
            blame(stage),
            message,
            experiment,
            change(stage.getError()),
            lastWords(stage).stream().map("  %s%n"::formatted).collect(Collectors.joining()));
  }

  /** How far it got and what it said last, but for what it is parked for. */
  private static List<String> lastWords(Stage stage) {
    List<StageLog> lines =
        stage.getLastLinesList().stream()
            .filter(
                line ->
                    !stage.hasError() || !line.getText().contains(stage.getError().getMessage()))
            .toList();
    Stream<String> progress = stage.hasProgress() ? Stream.of(reached(stage)) : Stream.empty();
    Stream<String> last =
        lines.stream()
            .skip(Math.max(0, lines.size() - LAST_LINES))
            .map(
                line ->
                    "%s  %s  %s"
                        .formatted(
                            Times.time(line.getTime()),
                            line.getLevel(),
                            Visible.line(line.getText())));
    return Stream.concat(progress, last).toList();
  }

  private static String reached(Stage stage) {
    String verb = stage.getState() == Stage.State.RUNNING ? "is at" : "got to";
    String time =
        stage.getComputeSeconds() > 0
            ? ", computed " + Times.seconds(stage.getComputeSeconds())
            : "";
    return "%s %s%s".formatted(verb, ProgressText.of(stage.getProgress()), time);
  }

  /** The first parameter that the message names, which is the one to change. */
  private static String change(StageError error) {
    return PARAMETER
        .matcher(error.getMessage())
        .results()
        .findFirst()
        .map(found -> "--set %s=VALUE".formatted(found.group()))
        .orElse("[--set PATH=VALUE]");
  }

  private static String stages(List<Stage> stages) {
    var table = new Table("STAGE", "STATE", ">ATTEMPTS", ">COMPUTE", "");
    stages.forEach(
        stage ->
            table.row(
                stage.getId(),
                stage.getState().name(),
                String.valueOf(stage.getAttempts()),
                stage.getComputeSeconds() > 0 ? Times.seconds(stage.getComputeSeconds()) : "",
                remarks(stage)));
    return table.toString();
  }

  private static String remarks(Stage stage) {
    String changed =
        stage.getChangedMap().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(change -> "changed " + change.getKey() + "=" + change.getValue())
            .collect(Collectors.joining(", "));
    return Stream.of(
            stage.getCached() ? "cached" : "",
            stage.getState() == Stage.State.RUNNING && stage.hasProgress()
                ? ProgressText.of(stage.getProgress())
                : "",
            stage.getWaitsFor(),
            changed)
        .filter(remark -> !remark.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String blame(Stage stage) {
    return switch (stage.getError().getBlame()) {
      case USER -> "an input or a parameter";
      case RESOURCES -> "the surroundings";
      default -> "Kedge itself";
    };
  }
}
