package dev.kedge.data;

/**
 * Decoded pixels: {@code height x width x 3} bytes, row by row, red green blue, 0 to 255 each.
 *
 * <p>Not copied on the way in or out: who makes a picture gives its array away.
 */
public final class Picture {
  private final int width;
  private final int height;
  private final byte[] rgb;

  /**
   * Wraps pixels.
   *
   * @throws IllegalArgumentException if a side is below 1 or the array has another length
   */
  public Picture(int width, int height, byte[] rgb) {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "a picture of %d x %d needs 3 bytes for each pixel, got %d bytes"
              .formatted(width, height, rgb.length));
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public byte[] rgb() {
    return rgb;
  }

  /** A rectangle of it, copied; it lies inside. */
  Picture part(int left, int top, int partWidth, int partHeight) {
    byte[] part = new byte[3 * partWidth * partHeight];
    for (int y = 0; y < partHeight; y++) {
      int from = 3 * ((top + y) * width + left);
      System.arraycopy(rgb, from, part, 3 * y * partWidth, 3 * partWidth);
    }
    return new Picture(partWidth, partHeight, part);
  }

  /** A level that a pixel's three levels are compared with. */
  @FunctionalInterface
  interface Level {
    int of(int red, int green, int blue);
  }

  /**
   * Moves every level away from another one by a factor, as Pillow's {@code Image.blend} does it:
   * in F32, cut off to a byte.
   */
  Picture blend(Level other, float factor) {
    byte[] mapped = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i += 3) {
      int level = other.of(rgb[i] & 0xFF, rgb[i + 1] & 0xFF, rgb[i + 2] & 0xFF);
      for (int channel = i; channel < i + 3; channel++) {
        float moved = level + factor * ((rgb[channel] & 0xFF) - level);
        mapped[channel] = (byte) (int) Math.max(0, Math.min(255, moved));
      }
    }
    return new Picture(width, height, mapped);
  }

  /** Copies the pixel at a source position to a target position of another picture's array. */
  void copyPixel(int x, int y, byte[] target, int targetPixel) {
    System.arraycopy(rgb, 3 * (y * width + x), target, 3 * targetPixel, 3);
  }
}
