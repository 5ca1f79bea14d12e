package dev.kedge.models.train;

import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.torch.Tensor;
import java.util.List;

/**
 * Images with their captions, each distinct caption given once.
 *
 * @param pixels {@code [batch, channels, height, width]}
 * @param caption {@code [batch]}, I64: each image's place in {@code captions}
 * @param captions the distinct captions of the batch
 * @param names the images' names
 */
public record CaptionedBatch(Tensor pixels, Tensor caption, TextBatch captions, List<String> names)
    implements Batch {
  public CaptionedBatch {
    names = List.copyOf(names);
  }

  @Override
  public int weight() {
    return names.size();
  }

  @Override
  public List<Sample> samples() {
    return names.stream().map(name -> new Sample(name, 1)).toList();
  }
}
