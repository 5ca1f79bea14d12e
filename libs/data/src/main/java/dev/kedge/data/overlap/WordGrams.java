package dev.kedge.data.overlap;

import java.util.Arrays;

/**
 * The runs of eight words of a text, as 64-bit hashes. Eight words, of which a share of 0.7 must
 * come again, is how PaLM's evaluations were searched for training data (Chowdhery et al., 2022,
 * section 8). A text of fewer words is one run.
 */
final class WordGrams {
  static final int WORDS = 8;

  /** Of so many runs beside each other at least one is a mark. */
  private static final int WINDOW = 4;

  private static final long PRIME = 0x100000001B3L;
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private final long[] grams;

  private WordGrams(long[] grams) {
    this.grams = grams;
  }

  static WordGrams of(String[] words) {
    if (words.length == 0) {
      return new WordGrams(new long[0]);
    }
    long[] hashes = Arrays.stream(words).mapToLong(WordGrams::hash).toArray();
    int length = Math.min(WORDS, hashes.length);
    long[] grams = new long[hashes.length - length + 1];
    for (int i = 0; i < grams.length; i++) {
      grams[i] = join(hashes, i, i + length);
    }
    return new WordGrams(grams);
  }

  private static long hash(String word) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * PRIME;
    }
    return hash;
  }

  private static long join(long[] hashes, int from, int to) {
    long joined = 0;
    for (int i = from; i < to; i++) {
      joined = (joined + hashes[i]) * ODD;
      joined ^= joined >>> 32;
    }
    return joined;
  }

  /** The runs, each once, rising. */
  long[] distinct() {
    return Arrays.stream(grams).sorted().distinct().toArray();
  }

  /**
   * Some of the runs, chosen by their hashes alone: the least of every four beside each other
   * (winnowing; Schleimer, Wilkerson and Aiken, 2003). Texts that share eleven words in a row share
   * a mark; so do texts that are one run each and the same.
   */
  int[] marks() {
    int[] marks = new int[grams.length];
    int count = 0;
    int last = -1;
    for (int start = 0; start < Math.max(1, grams.length - WINDOW + 1); start++) {
      int least = least(start, Math.min(start + WINDOW, grams.length));
      if (least >= 0 && least != last) {
        marks[count++] = (int) (grams[least] >>> Integer.SIZE);
        last = least;
      }
    }
    return Arrays.copyOf(marks, count);
  }

  private int least(int from, int to) {
    int least = -1;
    for (int i = from; i < to; i++) {
      if (least < 0 || grams[i] <= grams[least]) {
        least = i;
      }
    }
    return least;
  }
}
