package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.StageSpec;
import java.util.ArrayList;
import java.util.List;

/** Collects the stages of a plan under unique ids. */
final class Stages {
  private final List<PlannedStage> stages = new ArrayList<>();
  private final UniqueIds ids = new UniqueIds();

  /**
   * Adds a stage; returns its output.
   *
   * @param wanted the id, unless an earlier stage has it: then a number follows
   */
  Input add(String wanted, StageSpec spec) {
    String id = ids.take(wanted);
    stages.add(new PlannedStage(id, spec));
    return Input.newBuilder().setStage(id).build();
  }

  static Producer producer(Input output) {
    return Producer.newBuilder().setStage(output.getStage()).build();
  }

  Plan plan() {
    return new Plan(stages);
  }
}
