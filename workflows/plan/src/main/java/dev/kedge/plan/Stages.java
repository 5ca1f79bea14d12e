package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.StageSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects the stages of a plan under unique ids. */
final class Stages {
  private final List<PlannedStage> stages = new ArrayList<>();
  private final UniqueIds ids = new UniqueIds();
  private Set<String> gate = Set.of();

  /**
   * Adds a stage; returns its output.
   *
   * @param wanted the id, unless an earlier stage has it: then a number follows
   */
  Input add(String wanted, StageSpec spec) {
    String id = ids.take(wanted);
    stages.add(new PlannedStage(id, spec, gate));
    return Input.newBuilder().setStage(id).build();
  }

  /** Whatever is added from now on does not begin before this stage is over. */
  Input gate(String wanted, StageSpec spec) {
    Input made = add(wanted, spec);
    gate = Set.of(made.getStage());
    return made;
  }

  static Producer producer(Input output) {
    return Producer.newBuilder().setStage(output.getStage()).build();
  }

  Plan plan() {
    return new Plan(stages);
  }
}
