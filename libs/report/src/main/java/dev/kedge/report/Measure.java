package dev.kedge.report;

import java.util.Locale;

/** What a suite measures. */
public enum Measure {
  /** Share of samples whose class, or likeliest choice, is right. */
  ACCURACY(Scale.SHARE),
  /** −log2 p(answer | prompt) of all answers over their UTF-8 bytes. */
  ANSWER_BITS_PER_BYTE(Scale.BITS_PER_BYTE),
  /** −log2 p(text) of all texts over their UTF-8 bytes. */
  BITS_PER_BYTE(Scale.BITS_PER_BYTE),
  /** As ACCURACY, the nats of a choice divided by its characters. */
  ACCURACY_NORM(Scale.SHARE),
  /** Share of samples for which the model writes what is asked for. */
  EXACT_MATCH(Scale.SHARE),
  /** As ACCURACY, the nats of a choice divided by its UTF-8 bytes. */
  ACCURACY_BYTES(Scale.SHARE),
  /** Share of samples for which the model writes what follows all instructions. */
  INSTRUCTIONS_FOLLOWED(Scale.SHARE);

  private final Scale scale;

  Measure(Scale scale) {
    this.scale = scale;
  }

  /** What its numbers are measured in. */
  public Scale scale() {
    return scale;
  }

  /** Whether it says how often the right one of several choices is taken. */
  public boolean isOfChoices() {
    return this == ACCURACY || this == ACCURACY_NORM || this == ACCURACY_BYTES;
  }

  /** Whether the model writes for it. */
  public boolean isOfWriting() {
    return this == EXACT_MATCH || this == INSTRUCTIONS_FOLLOWED;
  }

  /** Its name in words, for example {@code answer bits per byte}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
