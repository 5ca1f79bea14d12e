package dev.kedge.data;

/** What becomes of pixels that let something through. */
public enum Transparency {
  /** Laid over white, as transformers 5 does before its image processors. */
  ON_WHITE,
  /** The colour stored under them is taken as it is, as Pillow's {@code convert("RGB")} does. */
  DROPPED
}
