package dev.kedge.data;

/**
 * Random changes to training pictures as a pure function of seed, sample and epoch, so that nothing
 * need be stored to repeat them.
 *
 * @param flip mirrors half of the pictures
 * @param shift moves by up to so many pixels in each direction; the edge is repeated into the gap
 * @param seed of all draws
 */
public record Augmentation(boolean flip, int shift, long seed) {
  private static final int CHANNELS = 3;

  public Augmentation {
    if (shift < 0) {
      throw new IllegalArgumentException("shift_pixels must not be negative, got " + shift);
    }
  }

  /** The picture of a sample as an epoch sees it; the given one is not changed. */
  public Picture apply(Picture picture, long sample, int epoch) {
    long draw = Mixer.mix(seed, sample, epoch);
    boolean mirrored = flip && draw < 0;
    int right = offset(Mixer.mix(draw, 1));
    int down = offset(Mixer.mix(draw, 2));
    return mirrored || right != 0 || down != 0 ? moved(picture, mirrored, right, down) : picture;
  }

  private int offset(long draw) {
    return Mixer.below(2 * shift + 1, draw) - shift;
  }

  private static Picture moved(Picture from, boolean mirrored, int right, int down) {
    int width = from.width();
    int height = from.height();
    byte[] rgb = new byte[CHANNELS * width * height];
    for (int y = 0; y < height; y++) {
      int sourceY = Math.max(0, Math.min(height - 1, y - down));
      for (int x = 0; x < width; x++) {
        int inside = Math.max(0, Math.min(width - 1, x - right));
        from.copyPixel(mirrored ? width - 1 - inside : inside, sourceY, rgb, y * width + x);
      }
    }
    return new Picture(width, height, rgb);
  }
}
