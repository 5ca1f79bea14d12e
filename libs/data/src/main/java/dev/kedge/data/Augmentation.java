package dev.kedge.data;

import java.util.Optional;

/**
 * Random changes to training pictures as a pure function of seed, sample and epoch, so that nothing
 * need be stored to repeat them.
 *
 * @param area the part that is looked at; without it, the centre
 * @param flip mirrors half of the pictures
 * @param shift moves by up to so many pixels in each direction; the edge is repeated into the gap
 * @param colour changes of the colours
 * @param seed of all draws
 */
public record Augmentation(
    Optional<RandomArea> area, boolean flip, int shift, ColourJitter colour, long seed) {
  private static final int CHANNELS = 3;

  public Augmentation {
    if (shift < 0) {
      throw new IllegalArgumentException("shift_pixels must not be negative, got " + shift);
    }
  }

  /** The whole of every picture, mirrored and moved. */
  public Augmentation(boolean flip, int shift, long seed) {
    this(Optional.empty(), flip, shift, ColourJitter.NONE, seed);
  }

  /** Whether every epoch sees the same. */
  public boolean isNone() {
    return area.isEmpty() && !flip && shift == 0 && colour.isNone();
  }

  /**
   * The picture of a sample as an epoch sees it.
   *
   * @param sample its number in the training data
   */
  public Picture apply(Sized picture, long sample, int epoch) {
    long draw = Mixer.mix(seed, sample, epoch);
    Picture seen =
        area.map(each -> picture.area(each, Mixer.mix(draw, 3))).orElseGet(picture::centre);
    Picture coloured = colour.isNone() ? seen : colour.apply(seen, Mixer.mix(draw, 4));
    return moved(coloured, draw);
  }

  /** A picture that can be brought to the model's size in two ways; nothing given is changed. */
  public interface Sized {
    /** Its centre at the model's size. */
    Picture centre();

    /** A drawn part at the model's size. */
    Picture area(RandomArea area, long draw);
  }

  private Picture moved(Picture picture, long draw) {
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
