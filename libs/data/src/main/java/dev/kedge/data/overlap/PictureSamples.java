package dev.kedge.data.overlap;

import dev.kedge.data.PreparedDataset;

/** Prepared pictures; a sample's name is its path in the source. */
public record PictureSamples(PreparedDataset data) implements Samples {
  @Override
  public int size() {
    return data.size();
  }

  @Override
  public String id(int sample) {
    return data.samples().get(sample).source();
  }
}
