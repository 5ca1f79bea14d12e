package dev.kedge.models.train;

import java.util.List;
import java.util.random.RandomGenerator;

/** What may be said of a picture: one of it is drawn for each picture and epoch. */
@FunctionalInterface
public interface CaptionChoice {
  /**
   * One of a picture's captions as token ids.
   *
   * @param label its class in its own data set
   * @param own the captions that it has in its data set; may be empty
   * @param random asked once for the place of the caption among all
   */
  long[] draw(int label, List<String> own, RandomGenerator random);

  /**
   * The same for all pictures of a class, whatever their own.
   *
   * @param byClass captions as token ids, by class; at least one of each
   */
  static CaptionChoice among(List<List<long[]>> byClass) {
    return (label, own, random) -> {
      List<long[]> captions = byClass.get(label);
      return captions.get(random.nextInt(captions.size()));
    };
  }
}
