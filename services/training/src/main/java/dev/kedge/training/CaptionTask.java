package dev.kedge.training;

import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.train.Batches;
import dev.kedge.models.train.CaptionBatches;
import dev.kedge.models.train.CaptionChoice;
import dev.kedge.models.train.CaptionedBatch;
import dev.kedge.models.train.ImageCaptionContrast;
import dev.kedge.stage.v1.DatasetPart;
import java.util.List;

/**
 * Contrastive training of both towers.
 *
 * @param pictures the training data
 * @param captions what may be said of a picture, by part
 */
record CaptionTask(
    ImageCaptionContrast learner, LabelledPictures pictures, List<CaptionChoice> captions)
    implements TunableTask<CaptionedBatch> {
  @Override
  public List<String> trainable() {
    return List.copyOf(ClipTensors.of(learner.clip().config()).keySet());
  }

  @Override
  public Samples<CaptionedBatch> training() {
    return new Samples<>() {
      @Override
      public int size() {
        return pictures.size();
      }

      @Override
      public Batches<CaptionedBatch> endless(OptimisationRules rules) {
        throw new IllegalArgumentException("contrastive training has no data beside its own");
      }

      @Override
      public Batches<CaptionedBatch> batches(OptimisationRules rules) {
        return new CaptionBatches(
            pictures,
            rules.epochs(),
            rules.augmentation(),
            learner.clip().config().text(),
            captions,
            rules.spec().getSeed());
      }
    };
  }

  @Override
  public Samples<CaptionedBatch> open(DatasetPart part) {
    throw new IllegalArgumentException("contrastive training takes no other data beside its own");
  }
}
