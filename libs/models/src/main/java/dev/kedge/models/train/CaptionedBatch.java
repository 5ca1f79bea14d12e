package dev.kedge.models.train;

import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.torch.Tensor;

/**
 * Images with their captions, each distinct caption given once.
 *
 * @param pixels {@code [batch, channels, height, width]}
 * @param caption {@code [batch]}, I64: each image's place in {@code captions}
 * @param captions the distinct captions of the batch
 * @param size number of images
 */
public record CaptionedBatch(Tensor pixels, Tensor caption, TextBatch captions, int size)
    implements Batch {
  @Override
  public int weight() {
    return size;
  }
}
