package dev.kedge.gateway.pages;

import dev.kedge.experiment.SkipPreview;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.name.StageName;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Operation;
import dev.kedge.v1.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An experiment for people.
 *
 * @param experiment its record
 * @param stages all of its stages, in the plan's order
 * @param operates whether the reader may operate it
 */
public record ExperimentView(Experiment experiment, List<StageView> stages, boolean operates) {
  private static final int MOST_STAGES = 100;
  private static final int MOST_LOST = 10;

  /** As of a record alone, for somebody who reads. */
  static ExperimentView of(Experiment experiment) {
    return new ExperimentView(
        experiment, experiment.getStagesList().stream().map(StageView::of).toList(), false);
  }

  /** The end of its name. */
  public String id() {
    return ExperimentName.parse(experiment.getName()).id();
  }

  /** What people call it. */
  public String title() {
    return experiment.getDisplayName().isBlank() ? id() : experiment.getDisplayName();
  }

  /** Where its page is. */
  public String path() {
    return "/" + experiment.getName();
  }

  /** Where it stands. */
  public String state() {
    return experiment.getState().name().toLowerCase(Locale.ROOT);
  }

  /** How many stages have nothing left to do. */
  public long over() {
    return stages.stream()
        .filter(
            view ->
                view.stage().getState() == Stage.State.SUCCEEDED
                    || view.stage().getState() == Stage.State.SKIPPED)
        .count();
  }

  /** How many stages wait for somebody. */
  public long parked() {
    return stages.stream().filter(StageView::isParked).count();
  }

  /** Stages that would be given up with a parked one, for people; empty where there are none. */
  public String loss(StageView parked) {
    if (!parked.isParked()) {
      return "";
    }
    String id = StageName.parse(parked.stage().getName()).stage();
    Set<String> standing = standing(experiment);
    standing.removeAll(standing(SkipPreview.of(experiment, id)));
    standing.remove(id);
    return standing.stream().limit(MOST_LOST).collect(Collectors.joining(", "))
        + (standing.size() > MOST_LOST
            ? " and %d more".formatted(standing.size() - MOST_LOST)
            : "");
  }

  private static Set<String> standing(Experiment experiment) {
    return experiment.getStagesList().stream()
        .filter(stage -> stage.getState() != Stage.State.SKIPPED)
        .map(Stage::getId)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Seconds that it has computed. */
  public double computed() {
    return experiment.getStagesList().stream()
        .flatMap(stage -> stage.getComputedMap().values().stream())
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  /** The stages as a picture. */
  public StageGraph graph() {
    return StageGraph.of(experiment.getName(), stages);
  }

  /** The stages to look at: all, or of many those that are at work or ended last. */
  public List<StageView> shown() {
    if (stages.size() <= MOST_STAGES) {
      return stages;
    }
    List<StageView> ordered = new ArrayList<>(stages);
    ordered.sort(
        Comparator.comparingInt(ExperimentView::urgency)
            .thenComparing(view -> -view.stage().getEndTime().getSeconds()));
    return ordered.subList(0, MOST_STAGES);
  }

  private static int urgency(StageView view) {
    return switch (view.stage().getState()) {
      case PARKED -> 0;
      case RUNNING -> 1;
      case WAITING -> 3;
      default -> 2;
    };
  }

  /** Whether there is a report. */
  public boolean isReported() {
    return experiment.getStagesList().stream()
        .anyMatch(
            stage ->
                stage.getKind().equals(StageKind.REPORT.name())
                    && stage.getState() == Stage.State.SUCCEEDED);
  }

  /** Whether it can be paused. */
  public boolean isPausable() {
    return switch (experiment.getState()) {
      case PENDING, RUNNING, ATTENTION -> true;
      default -> false;
    };
  }

  /** Whether it can be gone on with. */
  public boolean isPaused() {
    return experiment.getState() == Experiment.State.PAUSED;
  }

  /** Whether it can be stopped. */
  public boolean isCancellable() {
    return isPausable() || isPaused();
  }

  /** Whether nothing happens any more, unless somebody retries what was cancelled. */
  boolean isOver() {
    return experiment.getState() == Experiment.State.SUCCEEDED
        || experiment.getState() == Experiment.State.CANCELLED;
  }

  /** What people did to it, newest first. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>(experiment.getOperationsList());
    Collections.reverse(operations);
    return operations;
  }
}
