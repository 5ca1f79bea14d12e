package dev.kedge.data.overlap;

/** How the samples of one kind are told apart. They are numbered through all sets. */
interface Likeness {
  /** Takes in the next sample; tells 64 bits that are the same for the same content. */
  long add(int sample);

  /**
   * All samples are there.
   *
   * @param copies which of them are the same
   */
  void complete(Copies copies);

  /** Samples other than this one and no copies of any, that may be nearly it; likeliest first. */
  int[] candidates(int sample);

  /** Whether a sample is nearly the other one, or a part of it. */
  boolean isNear(int sample, int other);
}
