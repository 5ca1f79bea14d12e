package dev.kedge.training;

import dev.kedge.data.text.TextPart;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.train.LanguageAnswers;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.Instruction;
import dev.kedge.stage.v1.LanguageModelling;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.TrainSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Plans training of a language model, on the answers of records or on plain text. */
record LanguagePlanner(TrainSpec spec, StageContext context, Scope scope, int microBatch) {
  TrainingPlan plan() throws IOException {
    return spec.hasInstruction() ? plan(spec.getInstruction()) : plan(spec.getLanguageModelling());
  }

  private TrainingPlan plan(Instruction task) throws IOException {
    if (!spec.hasBase()) {
      throw new IllegalArgumentException("an instruction needs a base that knows a language");
    }
    return StartingPoint.plan(
        base(),
        model ->
            plan(
                model,
                SequenceReader.of(model, task, context),
                List.of(new DataParts(context).texts(task.getTrain()))));
  }

  private TrainingPlan plan(LanguageModelling task) throws IOException {
    List<TextPart> parts =
        task.getSourcesList().stream().map(new DataParts(context)::texts).toList();
    StartingLanguageModel model =
        spec.hasNewLanguageModel()
            ? StartingLanguageModel.random(
                spec.getNewLanguageModel(),
                SequenceReader.texts(parts),
                spec.getOptimisation().getSeed(),
                context.scratch().resolve("new-language-model"))
            : base();
    return StartingPoint.plan(
        model, opened -> plan(opened, SequenceReader.of(opened, task, context), parts));
  }

  private StartingLanguageModel base() throws IOException {
    boolean probes = spec.getMethod().hasLp() || spec.getMethod().hasLpFt();
    return StartingLanguageModel.of(context.input(spec.getBase()), probes);
  }

  private TrainingPlan plan(
      StartingLanguageModel model, SequenceReader reader, List<TextPart> parts) throws IOException {
    Optimisation optimisation = spec.getOptimisation();
    LanguageModel learning =
        new LanguageModel(model.config(), optimisation.getDropout(), optimisation.getRecompute());
    LanguageTask task =
        new LanguageTask(
            model,
            new LanguageAnswers(learning),
            reader,
            reader.read(parts),
            KnownFeatures.of(spec, context),
            microBatch);
    return new TrainingPlan(
        model,
        model.weights(scope),
        Optional.empty(),
        new MethodPhases<>(task, spec, context, scope).all());
  }
}
