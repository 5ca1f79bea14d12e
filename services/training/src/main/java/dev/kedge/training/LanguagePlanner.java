package dev.kedge.training;

import dev.kedge.data.text.TextPart;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.train.LanguageAnswers;
import dev.kedge.models.train.LanguageSequences;
import dev.kedge.models.train.RunMemory;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.Instruction;
import dev.kedge.stage.v1.LanguageModelling;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.TrainSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Plans training of a language model, on the answers of records or on plain text. */
record LanguagePlanner(TrainSpec spec, StageContext context, Scope scope, MicroBatch microBatch) {
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

  private int atOnce(StartingLanguageModel model, LanguageSequences sequences) {
    RunSize run = microBatch.run();
    RunMemory memory =
        run.of(LanguageTensors.of(model.config()), model.names(), model.isTransposed());
    SequenceMaxima maxima = SequenceMaxima.of(sequences);
    int batch = spec.getOptimisation().getBatchSize();
    return microBatch
        .upTo(maxima.atOnce())
        .fixed(
            memory,
            some ->
                memory.language(
                    model.config().decoder(), batch, some, maxima.tokens(), maxima.answer()));
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
    LanguageSequences sequences = reader.read(parts);
    LanguageTask task =
        new LanguageTask(
            model,
            new LanguageAnswers(learning),
            reader,
            sequences,
            KnownFeatures.of(spec, context),
            atOnce(model, sequences));
    return new TrainingPlan(
        model,
        model.weights(scope),
        Optional.empty(),
        task,
        new MethodPhases<>(task, spec, context, scope).all());
  }
}
