package dev.kedge.data.overlap;

/** The samples of a set, counted from 0. */
public sealed interface Samples permits PictureSamples, TextSamples {
  /** How many there are. */
  int size();

  /** A sample's name in its set. */
  String id(int sample);
}
