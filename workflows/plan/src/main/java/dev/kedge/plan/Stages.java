package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

  /** What some stages needed, and what that needed: all but what is done to data. */
  List<Producer> neededBy(List<Producer> some) {
    List<String> given = some.stream().map(Producer::getStage).toList();
    Set<String> needed = new LinkedHashSet<>();
    given.forEach(stage -> addNeeds(stage, needed));
    given.forEach(needed::remove);
    return needed.stream().map(Stages::producer).toList();
  }

  private void addNeeds(String stage, Set<String> needed) {
    for (String need : stages.get(stage).needs()) {
      if (!OF_DATA.contains(stages.get(need).kind()) && needed.add(need)) {
        addNeeds(need, needed);
      }
    }
  }

  Plan plan() {
    return new Plan(List.copyOf(stages.values()));
  }
}
