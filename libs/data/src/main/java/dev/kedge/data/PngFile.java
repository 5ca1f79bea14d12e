package dev.kedge.data;

import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;

/** A PNG. */
final class PngFile implements PictureFile {
  private static final int SIGNATURE_BYTES = 8;
  private static final int EXIF_CHUNK = 0x65584966;

  private final byte[] file;

  PngFile(byte[] file) {
    this.file = file;
  }

  /** Walks the chunks; each is length, type, body, checksum. */
  @Override
  public Orientation orientation() {
    ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
    while (in.remaining() >= 12) {
      int length = in.getInt();
      int type = in.getInt();
      if (length < 0 || length > in.remaining() - 4) {
        break;
      }
      if (type == EXIF_CHUNK) {
        return Orientation.ofExif(in.slice(in.position(), length));
      }
      in.position(in.position() + length + 4);
    }
    return Orientation.UPRIGHT;
  }

  @Override
  public Picture pixels(PictureLimits limits, Transparency transparency) throws IOException {
    ImageReader reader = PictureFile.open("png", file, limits);
    try {
      limits.checkHeap(reader, file.length, besideRgb(reader));
      return PixelColour.toRgb(reader.read(0), transparency);
    } finally {
      reader.dispose();
    }
  }

  /** What the JDK keeps of a pixel, or the RGB of a picture that is being turned. */
  private static int besideRgb(ImageReader reader) throws IOException {
    SampleModel kept = reader.getImageTypes(0).next().getSampleModel();
    int bytes = kept.getNumBands() * DataBuffer.getDataTypeSize(kept.getDataType()) / Byte.SIZE;
    return Math.max(3, bytes);
  }
}
