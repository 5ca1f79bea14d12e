package dev.kedge.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.ImageReader;

/**
 * The first frame of a GIF. A frame may cover a part of the screen; what it leaves is its
 * transparent colour, or its first one, as Pillow has it.
 */
final class GifFile implements PictureFile {
  private static final int SCREEN = 6;
  private static final int FIRST_BLOCK = 13;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;

  /** The frame's indices, and those of the screen. */
  private static final int BESIDE_RGB = 2;

  private final byte[] file;

  GifFile(byte[] file) {
    this.file = file;
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  @Override
  public Picture pixels(PictureLimits limits, Transparency transparency) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int descriptor = firstImage(in);
    int left = unsigned(in, descriptor);
    int top = unsigned(in, descriptor + 2);
    int width = Math.max(unsigned(in, SCREEN), left + unsigned(in, descriptor + 4));
    int height = Math.max(unsigned(in, SCREEN + 2), top + unsigned(in, descriptor + 6));
    limits.checkSize(width, height);
    limits.checkHeap(width, height, file.length, BESIDE_RGB);
    ImageReader reader = PictureFile.open("gif", file, limits);
    try {
      return PixelColour.toRgb(screen(reader.read(0), left, top, width, height), transparency);
    } finally {
      reader.dispose();
    }
  }

  /** Walks the blocks before the first image; returns where its place is told. */
  private static int firstImage(ByteBuffer in) {
    int flags = in.get(SCREEN + 4);
    in.position(FIRST_BLOCK + (flags < 0 ? 3 << ((flags & 7) + 1) : 0));
    int block = Byte.toUnsignedInt(in.get());
    while (block == EXTENSION) {
      in.get();
      for (int length = in.get(); length != 0; length = in.get()) {
        in.position(in.position() + Byte.toUnsignedInt((byte) length));
      }
      block = Byte.toUnsignedInt(in.get());
    }
    if (block != IMAGE) {
      throw new BrokenPictureException("a GIF without a picture");
    }
    return in.position();
  }

  private static int unsigned(ByteBuffer in, int at) {
    return Short.toUnsignedInt(in.getShort(at));
  }

  private static BufferedImage screen(
      BufferedImage frame, int left, int top, int width, int height) {
    if (frame.getWidth() == width && frame.getHeight() == height) {
      return frame;
    }
    IndexColorModel palette = (IndexColorModel) frame.getColorModel();
    WritableRaster screen = palette.createCompatibleWritableRaster(width, height);
    int[] row = new int[width];
    Arrays.fill(row, Math.max(0, palette.getTransparentPixel()));
    for (int y = 0; y < height; y++) {
      screen.setPixels(0, y, width, 1, row);
    }
    screen.setRect(left, top, frame.getRaster());
    return new BufferedImage(palette, screen, false, null);
  }
}
