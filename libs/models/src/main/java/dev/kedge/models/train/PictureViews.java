package dev.kedge.models.train;

import dev.kedge.data.Augmentation;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.Scope;
import java.util.stream.IntStream;

/**
 * All looks of all pictures: one where they are not augmented, otherwise one for each epoch.
 *
 * @param epochs of the run
 */
public record PictureViews(LabelledPictures pictures, Augmentation augmentation, int epochs)
    implements Views<LabelledBatch> {
  private static final int CHUNK = 64;

  private int looks() {
    return augmentation.isNone() ? 1 : epochs;
  }

  private int chunksOfALook() {
    return (pictures.size() + CHUNK - 1) / CHUNK;
  }

  @Override
  public int chunks() {
    return Math.multiplyExact(looks(), chunksOfALook());
  }

  @Override
  public long rows() {
    return (long) looks() * pictures.size();
  }

  @Override
  public LabelledBatch at(Scope scope, int chunk) {
    int from = chunk % chunksOfALook() * CHUNK;
    int to = Math.min(from + CHUNK, pictures.size());
    int[] samples = IntStream.range(from, to).toArray();
    return LabelledBatch.of(scope, pictures, samples, augmentation, chunk / chunksOfALook());
  }
}
