package dev.kedge.cli.view;

import dev.kedge.v1.PlanExperimentResponse;
import dev.kedge.v1.PlannedStage;
import dev.kedge.v1.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A plan for people: its stages, why each runs or does not, and what they have to do. */
public final class PlanView {
  /** As many as a screen shows: the stages of a longer plan are grouped. */
  private static final int MOST_LINES = 40;

  private static final long MEGABYTE = 1_000_000;

  /** What tells apart reasons of one kind. */
  private static final Pattern NAMED =
      Pattern.compile("(?<=\\bkey )[0-9a-f]+|(?<=^unknown until ).*");

  private PlanView() {}

  /**
   * The stages, their number, and what they have to do.
   *
   * @param all a line for every stage, however many there are
   */
  public static String of(PlanExperimentResponse plan, boolean all) {
    List<PlannedStage> stages = plan.getStagesList();
    return "%s%n%s: %s%s"
        .formatted(
            table(all || stages.size() <= MOST_LINES ? single(stages) : groups(stages)),
            Counts.of(stages.size(), "stage"),
            counts(stages),
            workload(plan.getWorkload()));
  }

  private static List<List<PlannedStage>> single(List<PlannedStage> stages) {
    return stages.stream().map(List::of).toList();
  }

  /** Stages of one kind with one outcome for one kind of reason, in the order of the first. */
  private static List<List<PlannedStage>> groups(List<PlannedStage> stages) {
    Map<List<Object>, List<PlannedStage>> groups = new LinkedHashMap<>();
    for (PlannedStage stage : stages) {
      String reason = NAMED.matcher(stage.getBecause()).replaceAll("");
      groups
          .computeIfAbsent(
              List.of(stage.getKind(), stage.getOutcome(), reason), key -> new ArrayList<>())
          .add(stage);
    }
    return List.copyOf(groups.values());
  }

  private static Table table(List<List<PlannedStage>> groups) {
    var table = new Table("STAGE", "KIND", "OUTCOME", "BECAUSE");
    for (List<PlannedStage> group : groups) {
      PlannedStage first = group.get(0);
      table.row(
          first.getId() + (group.size() == 1 ? "" : " and %d more".formatted(group.size() - 1)),
          first.getKind(),
          outcome(first.getOutcome()),
          because(group));
    }
    return table;
  }

  private static String because(List<PlannedStage> group) {
    long reasons = group.stream().map(PlannedStage::getBecause).distinct().count();
    return group.get(0).getBecause() + (reasons == 1 ? "" : ", and the like");
  }

  private static String counts(List<PlannedStage> stages) {
    return stages.stream()
        .collect(
            Collectors.groupingBy(PlannedStage::getOutcome, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(count -> count.getValue() + " " + outcome(count.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String workload(Workload work) {
    String learnt =
        work.getTrainings() == 0
            ? ""
            : "%nto learn: %s in %s"
                .formatted(
                    Counts.of(work.getLearntSamples(), "sample"),
                    Counts.of(work.getTrainings(), "training"));
    String tested =
        work.getTestedSamples() == 0
            ? ""
            : "%nto test: %s".formatted(Counts.of(work.getTestedSamples(), "sample"));
    String stored =
        work.getStoredBytes() == 0
            ? ""
            : "%nto store: at most %,d MB of checkpoints"
                .formatted((work.getStoredBytes() - 1) / MEGABYTE + 1);
    return learnt + tested + stored;
  }

  private static String outcome(PlannedStage.Outcome outcome) {
    return switch (outcome) {
      case CACHED -> "cached";
      case WILL_RUN -> "will run";
      default -> "unknown";
    };
  }
}
