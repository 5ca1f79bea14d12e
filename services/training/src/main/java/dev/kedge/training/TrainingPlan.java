package dev.kedge.training;

import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadFile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.TrainSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A spec made ready to run.
 *
 * @param model where it starts
 * @param start all weights at the start, the head's among them
 * @param head what the head means, where there is one
 * @param task what is learnt
 * @param phases what is done, in order
 * @param conclusion what is made of all weights after the phases
 */
record TrainingPlan(
    StartingPoint model,
    Weights start,
    Optional<HeadFile> head,
    TunableTask<?> task,
    List<Phase> phases,
    UnaryOperator<Weights> conclusion)
    implements AutoCloseable {
  /** A plan whose phases make all that is wanted. */
  TrainingPlan(
      StartingPoint model,
      Weights start,
      Optional<HeadFile> head,
      TunableTask<?> task,
      List<Phase> phases) {
    this(model, start, head, task, phases, UnaryOperator.identity());
  }

  /**
   * Reads the inputs and checks everything that can be checked before the first step.
   *
   * @param scope owns the weights
   * @throws IllegalArgumentException if spec, base and data do not go together
   */
  static TrainingPlan of(TrainSpec spec, StageContext context, Scope scope, MicroBatch microBatch)
      throws IOException {
    return switch (spec.getTaskCase()) {
      case CLASSIFICATION -> new ClassificationPlanner(spec, context, scope, microBatch).plan();
      case CONTRASTIVE -> new ContrastivePlanner(spec, context, scope, microBatch).plan();
      case INSTRUCTION, LANGUAGE_MODELLING ->
          new LanguagePlanner(spec, context, scope, microBatch).plan();
      case TASK_NOT_SET -> throw new IllegalArgumentException("the TRAIN stage has no task");
    };
  }

  /** The model that the spec starts from; a new one knows the words of the texts. */
  static StartingModel model(TrainSpec spec, StageContext context, Stream<String> texts)
      throws IOException {
    return switch (spec.getStartCase()) {
      case BASE -> StartingModel.of(context.input(spec.getBase()));
      case NEW_CLIP ->
          StartingModel.random(
              spec.getNewClip(),
              texts,
              spec.getOptimisation().getSeed(),
              context.scratch().resolve("new-clip"));
      case NEW_LANGUAGE_MODEL ->
          throw new IllegalArgumentException("a new language model cannot learn from images");
      case START_NOT_SET -> throw new IllegalArgumentException("the TRAIN stage has no start");
    };
  }

  /** All weights of a model in native memory. */
  static Weights weights(StartingModel model, Scope scope) throws IOException {
    return Weights.read(scope, model.weights(), ClipTensors.of(model.config()).keySet());
  }

  @Override
  public void close() throws IOException {
    model.close();
  }
}
