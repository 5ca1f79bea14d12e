package dev.kedge.training;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageWeights;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batches;
import dev.kedge.models.train.FeatureStore;
import dev.kedge.models.train.LanguageAnswers;
import dev.kedge.models.train.LanguageBatch;
import dev.kedge.models.train.LanguageBatches;
import dev.kedge.models.train.LanguageRecords;
import dev.kedge.models.train.LanguageSequences;
import dev.kedge.models.train.LanguageViews;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.LinearProbe;
import dev.kedge.models.train.RememberingTeacher;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.models.train.Views;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.tensors.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Training of a language model.
 *
 * @param reader makes data into sequences
 * @param sequences the training data
 * @param known features that need not be computed
 * @param microBatch most sequences computed at once
 */
record LanguageTask(
    StartingLanguageModel model,
    LanguageAnswers learner,
    SequenceReader reader,
    LanguageSequences sequences,
    KnownFeatures known,
    int microBatch)
    implements TunableTask<LanguageBatch> {
  @Override
  public List<String> trainable() {
    return model.names();
  }

  /** A head of its own that the other run did not have is its token table there. */
  @Override
  public Weights trained(Scope scope, Path checkpoint) throws IOException {
    try (Checkpoint weights = Checkpoint.open(checkpoint)) {
      LanguageConfig config = model.config();
      return LanguageWeights.read(scope, config, LanguageFolder.named(config, weights));
    }
  }

  @Override
  public boolean transposed() {
    return model.isTransposed();
  }

  @Override
  public Optional<Learner<LanguageBatch>> teacher() {
    return known.teacher().map(features -> new RememberingTeacher<>(learner, features));
  }

  /** On features that are computed once, where they are not too many. */
  @Override
  public TrainingRun<?> probe(OptimisationRules rules, Weights current) {
    Learner<LanguageBatch> probed =
        frozen(current)
            .<Learner<LanguageBatch>>map(features -> new RememberingTeacher<>(learner, features))
            .orElse(learner);
    return new TrainingRun<>(
        probed, training().batches(rules), List.of(new LinearProbe()), rules.descent());
  }

  private Optional<FeatureStore> frozen(Weights current) {
    return known
        .frozen()
        .or(
            () ->
                Optional.of(new LanguageViews(sequences))
                    .filter(FeaturesInPassing::areFew)
                    .map(
                        views ->
                            new FeaturesInPassing(reader.context(), "probe")
                                .of(learner, current, views)));
  }

  @Override
  public Samples<LanguageBatch> training() {
    return new Sequences(sequences);
  }

  @Override
  public Samples<LanguageBatch> open(DatasetPart part) {
    return new Sequences(reader.read(List.of(new DataParts(reader.context()).texts(part))));
  }

  private final class Sequences implements Samples<LanguageBatch> {
    private final LanguageSequences all;

    Sequences(LanguageSequences all) {
      this.all = all;
    }

    @Override
    public int size() {
      return all.size();
    }

    /** Answers of like lengths come together; blocks are of one length. */
    @Override
    public Batches<LanguageBatch> batches(OptimisationRules rules) {
      long seed = rules.spec().getSeed();
      return all instanceof LanguageRecords
          ? LanguageBatches.bucketed(all, rules.epochs(), atOnce(), seed)
          : new LanguageBatches(all, rules.epochs(), atOnce(), seed);
    }

    @Override
    public Batches<LanguageBatch> endless(OptimisationRules rules) {
      return new LanguageBatches(all, rules.endless(), atOnce(), rules.spec().getSeed());
    }

    @Override
    public Optional<Views<LanguageBatch>> views(OptimisationRules rules) {
      return Optional.of(new LanguageViews(all));
    }

    private int atOnce() {
      return Math.min(microBatch, SequenceMaxima.of(all).atOnce());
    }
  }
}
