package dev.kedge.data.overlap;

/** How the samples of one kind are told apart. They are numbered through all sets. */
interface Likeness {
  /**
   * Takes in the next sample; tells 64 bits that are the same for the same content, and others for
   * every sample without any.
   */
  long add(int sample);

  /** Whether samples do not have this one's content by chance. */
  boolean isTelling(int sample);

  /** Words that were more than there is memory for, so that no candidates are known; else 0. */
  long tooManyWords();

  /**
   * All samples are there.
   *
   * @param copies which of them are the same
   */
  void complete(Copies copies);

  /** Samples other than this one and no copies of any, that may be nearly it; likeliest first. */
  int[] candidates(int sample);

  /**
   * What a test has in common with another set, of which it reads other fields.
   *
   * @param tick called now and then; may throw to stop the work
   */
  SharedFields shared(int tested, int other, Runnable tick);

  /** Whether a sample is nearly the other one, or a part of it. */
  boolean isNear(int sample, int other);
}
