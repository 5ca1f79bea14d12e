package dev.kedge.report;

import java.util.Locale;

/** What a suite measures. */
public enum Measure {
  /** Share of samples whose class, or likeliest choice, is right. */
  ACCURACY(Scale.SHARE),
  /** −log2 p(answer | prompt) of all answers over their UTF-8 bytes. */
  ANSWER_BITS_PER_BYTE(Scale.BITS_PER_BYTE),
  /** −log2 p(text) of all texts over their UTF-8 bytes. */
  BITS_PER_BYTE(Scale.BITS_PER_BYTE);

  private final Scale scale;

  Measure(Scale scale) {
    this.scale = scale;
  }

  /** What its numbers are measured in. */
  public Scale scale() {
    return scale;
  }

  /** Its name in words, for example {@code answer bits per byte}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
