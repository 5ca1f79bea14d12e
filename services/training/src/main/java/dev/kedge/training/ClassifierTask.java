package dev.kedge.training;

import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.images.EpochPlan;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batches;
import dev.kedge.models.train.FrozenFeatures;
import dev.kedge.models.train.HeadClassification;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.LinearProbe;
import dev.kedge.models.train.PictureBatches;
import dev.kedge.models.train.PictureViews;
import dev.kedge.models.train.RememberingTeacher;
import dev.kedge.models.train.StoredFeatures;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.models.train.Views;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.DatasetPart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fine-tuning of CLIP's image tower under a head.
 *
 * @param pictures the training data
 * @param classes the head's
 * @param known features that need not be computed
 * @param microBatch most samples computed at once
 */
record ClassifierTask(
    ImageClassification learner,
    List<String> trainable,
    LabelledPictures pictures,
    List<String> classes,
    KnownFeatures known,
    StageContext context,
    int microBatch)
    implements TunableTask<LabelledBatch> {
  @Override
  public Optional<Learner<LabelledBatch>> teacher() {
    return known.teacher().map(features -> new RememberingTeacher<>(learner, features));
  }

  /** The text tower has done its work when the head is made. */
  @Override
  public Weights read(Weights all) {
    Set<String> text = ClipTensors.text(learner.clip().config()).keySet();
    return all.only(all.names().stream().filter(name -> !text.contains(name)).toList());
  }

  @Override
  public Samples<LabelledBatch> training() {
    return new Pictures(pictures);
  }

  @Override
  public Samples<LabelledBatch> open(DatasetPart spec) {
    LabelledPictures.Part part = new DataParts(context).open(spec);
    if (!part.dataset().classes().equals(classes)) {
      throw new IllegalArgumentException(
          "the classes %s of the other data are not the task's %s"
              .formatted(part.dataset().classes(), classes));
    }
    return new Pictures(DataParts.pictures(pictures.preprocessing(), List.of(part)));
  }

  /** On features that are computed once, of the pictures as they are. */
  @Override
  public TrainingRun<LabelledBatch> probe(OptimisationRules rules, Weights current) {
    return new TrainingRun<>(
        new HeadClassification(learner.form()),
        features(rules.epochs(), current),
        List.of(new LinearProbe()),
        rules.descent());
  }

  private Batches<LabelledBatch> features(EpochPlan plan, Weights current) {
    return known
        .frozen()
        .<Batches<LabelledBatch>>map(features -> new StoredFeatures(pictures, plan, features))
        .orElseGet(
            () ->
                new FrozenFeatures(learner.clip(), current, pictures, plan, this::reportFeatures));
  }

  private void reportFeatures(int done) {
    context.checkStopping();
    context.progress(done, pictures.size(), "images", Map.of());
  }

  private final class Pictures implements Samples<LabelledBatch> {
    private final LabelledPictures all;

    Pictures(LabelledPictures all) {
      this.all = all;
    }

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public Batches<LabelledBatch> batches(OptimisationRules rules) {
      return new PictureBatches(all, rules.epochs(), rules.augmentation(), microBatch);
    }

    @Override
    public Batches<LabelledBatch> endless(OptimisationRules rules) {
      return new PictureBatches(all, rules.endless(), rules.augmentation(), microBatch);
    }

    @Override
    public Optional<Views<LabelledBatch>> views(OptimisationRules rules) {
      return rules.augmentation().isNone()
          ? Optional.of(new PictureViews(all, rules.augmentation(), rules.spec().getEpochs()))
          : Optional.empty();
    }
  }
}
