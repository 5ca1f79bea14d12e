package dev.kedge.data;

/**
 * What a picture may cost before it is decoded; checked against its header.
 *
 * @param maxBytes largest encoded size
 * @param maxPixels largest width times height; decoding takes up to 7 bytes a pixel
 */
public record PictureLimits(long maxBytes, long maxPixels) {
  /** 64 MiB, and 89 million pixels: where Pillow starts to warn of a decompression bomb. */
  public static final PictureLimits DEFAULT = new PictureLimits(64L << 20, 89_478_485);

  public PictureLimits {
    if (maxBytes < 1 || maxPixels < 1) {
      throw new IllegalArgumentException(
          "picture limits must be positive, got %d bytes and %d pixels"
              .formatted(maxBytes, maxPixels));
    }
  }

  void checkBytes(long bytes) {
    if (bytes > maxBytes) {
      throw new BrokenPictureException(
          "%,d bytes; the limit for one picture is %,d".formatted(bytes, maxBytes));
    }
  }

  void checkSize(long width, long height) {
    if (width * height > maxPixels) {
      throw new BrokenPictureException(
          "%d x %d pixels; the limit for one picture is %,d".formatted(width, height, maxPixels));
    }
  }
}
