package dev.kedge.data.overlap;

import dev.kedge.data.IndexedSample;
import dev.kedge.data.PreparedDataset;
import java.util.Set;
import java.util.stream.IntStream;

/** Prepared pictures, perhaps those of some classes alone; a name is a path in the source. */
public final class PictureSamples implements Samples {
  private final PreparedDataset data;
  private final int[] places;

  /**
   * Pictures of a data set.
   *
   * @param classes whose; all where empty
   */
  public PictureSamples(PreparedDataset data, Set<String> classes) {
    this.data = data;
    this.places =
        IntStream.range(0, data.size())
            .filter(
                place ->
                    classes.isEmpty() || classes.contains(data.classes().get(data.label(place))))
            .toArray();
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public String id(int sample) {
    return indexed(sample).source();
  }

  IndexedSample indexed(int sample) {
    return data.samples().get(places[sample]);
  }

  /** The bytes of a sample's file. */
  byte[] picture(int sample) {
    return data.picture(places[sample]);
  }
}
