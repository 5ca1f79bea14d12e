package dev.kedge.plan;

import dev.kedge.stage.v1.AdaptSpec;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.v1.Average;
import dev.kedge.v1.ExperimentSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The searches of a plan, and the SELECT data of speciality that they look at. */
record Searches(ExperimentSpec spec, Stages stages, Task task, EvaluateSpec tests) {
  private static final int PASSES = 5;
  private static final double LEARNING_RATE = 0.1;

  /** The tests by which the rule of selection would choose, too. */
  List<EvaluateSpec.Suite> speciality() {
    Set<String> ids =
        Suites.studied(spec).stream()
            .filter(suite -> suite.getRole() == Study.Suite.Role.SPECIALITY)
            .filter(suite -> suite.getUse() == Study.Suite.Use.SELECT)
            .map(Study.Suite::getId)
            .collect(Collectors.toSet());
    return tests.getSuitesList().stream().filter(suite -> ids.contains(suite.getId())).toList();
  }

  /** Learning of ratios on the validation part; without models and ρ. */
  AdaptSpec.Builder learning(Average.Adaptive given) {
    TrainSpec.Builder run = TrainSpec.newBuilder();
    task.describe(run);
    AdaptSpec.Builder learning = AdaptSpec.newBuilder();
    if (run.hasInstruction()) {
      learning.setInstruction(run.getInstruction()).getInstructionBuilder().setTrain(validation());
    } else {
      learning
          .setClassification(run.getClassification())
          .getClassificationBuilder()
          .setTrain(validation());
    }
    if (given.hasBlocks()) {
      learning.setBlocks(given.getBlocks());
    }
    return learning.setOptimisation(
        Optimisations.ofSearch(
            spec,
            given.hasPasses() ? given.getPasses() : PASSES,
            given.hasLearningRate() ? given.getLearningRate() : LEARNING_RATE));
  }

  private DatasetPart validation() {
    return task.validation().orElseThrow().getData();
  }
}
