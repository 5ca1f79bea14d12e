package dev.kedge.models.train;

import java.util.List;

/** What may be said of a picture: one of it is drawn for each picture and epoch. */
@FunctionalInterface
public interface CaptionChoice {
  /**
   * The captions of a picture as token ids; at least one.
   *
   * @param label its class in its own data set
   * @param own the captions that it has in its data set; may be empty
   */
  List<long[]> of(int label, List<String> own);
}
