package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the stages of a plan under unique ids. */
final class Stages {
  private static final Set<StageKind> OF_DATA = EnumSet.of(StageKind.PREPARE, StageKind.OVERLAP);

  private final Map<String, PlannedStage> stages = new LinkedHashMap<>();
  private final UniqueIds ids = new UniqueIds();
  private Set<String> gate = Set.of();

  /**
   * Adds a stage; returns its output.
   *
   * @param wanted the id, unless an earlier stage has it: then a number follows
   */
  Input add(String wanted, StageSpec spec) {
    String id = ids.take(wanted);
    stages.put(id, new PlannedStage(id, spec, gate));
    return Input.newBuilder().setStage(id).build();
  }

  /** Whatever is added from now on does not begin before this stage is over. */
  Input gate(String wanted, StageSpec spec) {
    Input made = add(wanted, spec);
    gate = Set.of(made.getStage());
    return made;
  }

  static Producer producer(Input output) {
    return producer(output.getStage());
  }

  private static Producer producer(String stage) {
    return Producer.newBuilder().setStage(stage).build();
  }

  /** What each of some stages needed, and what that needed: all but what is done to data. */
  List<Study.Needed> neededBy(List<Producer> some) {
    Map<String, List<String>> needed = new LinkedHashMap<>();
    some.forEach(one -> addNeeds(one.getStage(), needed));
    return needed.entrySet().stream()
        .filter(one -> !one.getValue().isEmpty())
        .map(one -> needed(one.getKey(), one.getValue()))
        .toList();
  }

  private void addNeeds(String stage, Map<String, List<String>> needed) {
    if (needed.containsKey(stage)) {
      return;
    }
    List<String> needs =
        stages.get(stage).needs().stream()
            .filter(need -> !OF_DATA.contains(stages.get(need).kind()))
            .toList();
    needed.put(stage, needs);
    needs.forEach(need -> addNeeds(need, needed));
  }

  private static Study.Needed needed(String stage, List<String> needs) {
    return Study.Needed.newBuilder()
        .setOf(producer(stage))
        .addAllNeeds(needs.stream().map(Stages::producer).toList())
        .build();
  }

  Plan plan() {
    return new Plan(List.copyOf(stages.values()));
  }
}
