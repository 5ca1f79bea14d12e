package dev.kedge.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a camera held the picture: EXIF tag 0x0112, values 1 to 8 in this order. */
enum Orientation {
  UPRIGHT(false),
  MIRRORED(false),
  UPSIDE_DOWN(false),
  UPSIDE_DOWN_MIRRORED(false),
  TRANSPOSED(true),
  TURNED_LEFT(true),
  TRANSVERSED(true),
  TURNED_RIGHT(true);

  private static final int TAG = 0x0112;
  private static final int ENTRY_BYTES = 12;
  private static final int TYPE_SHORT = 3;

  private final boolean swapsSides;

  Orientation(boolean swapsSides) {
    this.swapsSides = swapsSides;
  }

  /**
   * Reads the tag from an EXIF block that starts with its TIFF header. A block that is damaged or
   * lacks the tag means upright, as every viewer has it.
   */
  static Orientation ofExif(ByteBuffer exif) {
    ByteBuffer tiff = exif.slice();
    if (tiff.remaining() < 8) {
      return UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (directory + 2 > tiff.limit()) {
      return UPRIGHT;
    }
    int first = (int) directory + 2;
    int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
    for (int i = 0; i < entries && first + (i + 1) * ENTRY_BYTES <= tiff.limit(); i++) {
      int entry = first + i * ENTRY_BYTES;
      if (tiff.getShort(entry) == TAG && tiff.getShort(entry + 2) == TYPE_SHORT) {
        return ofTag(Short.toUnsignedInt(tiff.getShort(entry + 8)));
      }
    }
    return UPRIGHT;
  }

  private static Orientation ofTag(int value) {
    return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
  }

  /** Turns the stored pixels so that the picture stands as it was seen. */
  Picture upright(Picture stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = swapsSides ? stored.height() : stored.width();
    int height = swapsSides ? stored.width() : stored.height();
    byte[] rgb = new byte[stored.rgb().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        copy(stored, x, y, rgb, y * width + x);
      }
    }
    return new Picture(width, height, rgb);
  }

  private void copy(Picture from, int x, int y, byte[] rgb, int pixel) {
    int right = from.width() - 1;
    int bottom = from.height() - 1;
    switch (this) {
      case UPRIGHT -> from.copyPixel(x, y, rgb, pixel);
      case MIRRORED -> from.copyPixel(right - x, y, rgb, pixel);
      case UPSIDE_DOWN -> from.copyPixel(right - x, bottom - y, rgb, pixel);
      case UPSIDE_DOWN_MIRRORED -> from.copyPixel(x, bottom - y, rgb, pixel);
      case TRANSPOSED -> from.copyPixel(y, x, rgb, pixel);
      case TURNED_LEFT -> from.copyPixel(y, bottom - x, rgb, pixel);
      case TRANSVERSED -> from.copyPixel(right - y, bottom - x, rgb, pixel);
      case TURNED_RIGHT -> from.copyPixel(right - y, x, rgb, pixel);
    }
  }
}
