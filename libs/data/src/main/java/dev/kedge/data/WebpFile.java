package dev.kedge.data;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.io.IOException;
import javax.imageio.ImageReader;

/** A WebP, lossy or lossless; of an animation its first frame. */
final class WebpFile implements PictureFile {
  /** The decoder hands out ARGB. */
  private static final int BESIDE_RGB = 4;

  private final WebpChunks chunks;

  WebpFile(byte[] file) {
    this.chunks = new WebpChunks(file);
  }

  @Override
  public Orientation orientation() {
    return chunks.exif().map(Orientation::ofExif).orElse(Orientation.UPRIGHT);
  }

  @Override
  public Picture pixels(PictureLimits limits, Transparency transparency) throws IOException {
    ImageReader decoder = new WebPImageReaderSpi().createReaderInstance();
    byte[] still = chunks.still();
    ImageReader reader = PictureFile.open(decoder, still, limits);
    try {
      limits.checkHeap(reader, still.length, BESIDE_RGB);
      return PixelColour.toRgb(reader.read(0), transparency);
    } catch (OutOfMemoryError e) {
      throw damaged(e);
    } finally {
      reader.dispose();
    }
  }

  /** libwebp answers some damage with "out of memory"; the JVM's own such error has a message. */
  private static BrokenPictureException damaged(OutOfMemoryError e) {
    if (e.getMessage() != null) {
      throw e;
    }
    return new BrokenPictureException("broken WEBP: damaged", e);
  }
}
