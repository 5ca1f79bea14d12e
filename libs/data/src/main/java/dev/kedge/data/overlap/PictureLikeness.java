package dev.kedge.data.overlap;

import dev.kedge.data.IndexedSample;
import dev.kedge.data.PerceptualHash;
import dev.kedge.data.PictureDecoder;

/**
 * Pictures are the same where their files have the same bytes, and nearly the same where their
 * perceptual hashes differ by {@value HammingIndex#RADIUS} bits at most and their thumbnails are
 * alike: so is a picture that was stored anew, made smaller, or lost its rim; not one that was
 * turned or mirrored.
 */
final class PictureLikeness implements Likeness {
  private static final int HEX = 16;

  /** Three megabytes of thumbnails. */
  private static final int KEPT = 4096;

  private final Numbering<PictureSamples> numbering;
  private final PictureDecoder decoder = new PictureDecoder();
  private final Recent<Thumbnail> thumbnails = new Recent<>(KEPT, this::thumbnail);
  private final long[] looks;
  private HammingIndex index;

  PictureLikeness(Numbering<PictureSamples> numbering) {
    this.numbering = numbering;
    this.looks = new long[numbering.size()];
  }

  @Override
  public long add(int sample) {
    IndexedSample indexed = numbering.samples(sample).indexed(numbering.place(sample));
    looks[sample] = PerceptualHash.parse(indexed.look()).bits();
    return Long.parseUnsignedLong(indexed.digest(), 0, HEX, HEX);
  }

  @Override
  public boolean isTelling(int sample) {
    return true;
  }

  @Override
  public long tooManyWords() {
    return 0;
  }

  @Override
  public void complete(Copies copies) {
    index = new HammingIndex(looks, numbering.ends(), copies);
  }

  @Override
  public int[] candidates(int sample) {
    return index.near(sample);
  }

  @Override
  public SharedFields shared(int tested, int other, Runnable tick) {
    return SharedFields.NONE;
  }

  @Override
  public boolean isNear(int sample, int other) {
    return thumbnails.get(sample).isLike(thumbnails.get(other));
  }

  private Thumbnail thumbnail(int sample) {
    return Thumbnail.of(decoder.decode(numbering.samples(sample).picture(numbering.place(sample))));
  }
}
