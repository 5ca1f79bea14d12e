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

  /** Copies the pixel at a source position to a target position of another picture's array. */
  void copyPixel(int x, int y, byte[] target, int targetPixel) {
    System.arraycopy(rgb, 3 * (y * width + x), target, 3 * targetPixel, 3);
  }
}
