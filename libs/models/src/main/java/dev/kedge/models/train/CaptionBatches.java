package dev.kedge.models.train;

import dev.kedge.data.Augmentation;
import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.clip.TextConfig;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.images.SamplePlan;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Batches of augmented pictures, each with one caption drawn for the epoch from those that it may
 * have.
 *
 * @param captions what may be said of a picture, by part
 * @param seed of the draws
 */
public record CaptionBatches(
    LabelledPictures pictures,
    SamplePlan plan,
    Augmentation augmentation,
    TextConfig text,
    List<CaptionChoice> captions,
    long seed)
    implements Batches<CaptionedBatch> {
  @Override
  public List<CaptionedBatch> at(Scope scope, int step) {
    int[] samples = plan.samples(step);
    int epoch = plan.epoch(step);
    Tensor pixels = Pixels.of(scope, pictures, samples, augmentation, epoch);
    List<long[]> distinct = new ArrayList<>();
    long[] caption = new long[samples.length];
    for (int i = 0; i < samples.length; i++) {
      caption[i] = place(distinct, draw(samples[i], epoch));
    }
    TextBatch texts = new TextBatch(text, distinct);
    Tensor places = Tensor.of(scope, caption, caption.length);
    return List.of(new CaptionedBatch(pixels, places, texts, pictures.names(samples)));
  }

  private long[] draw(int sample, int epoch) {
    SplittableRandom random = new SplittableRandom((seed * 31 + sample) * 31 + epoch);
    return captions
        .get(pictures.part(sample))
        .draw(pictures.label(sample), pictures.captions(sample), random);
  }

  private static int place(List<long[]> distinct, long[] caption) {
    for (int i = 0; i < distinct.size(); i++) {
      if (Arrays.equals(distinct.get(i), caption)) {
        return i;
      }
    }
    distinct.add(caption);
    return distinct.size() - 1;
  }
}
