package dev.kedge.report.sample;

import dev.kedge.data.Picture;
import dev.kedge.data.PictureDecoder;
import dev.kedge.data.PillowResize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A picture made small enough to stand in a page. */
public final class Thumbnail {
  /** Pixels of the longer side. */
  public static final int SIDE = 96;

  private Thumbnail() {}

  /**
   * A JPEG as a {@code data:} URI; a picture that is small already keeps its size.
   *
   * @param file the encoded picture
   * @throws dev.kedge.data.BrokenPictureException if it is none
   */
  public static String of(byte[] file) {
    return of(file, new PictureDecoder());
  }

  /**
   * The same where no picture may cost more than a decoder's limits.
   *
   * @throws dev.kedge.data.BrokenPictureException if it is none within these limits
   * @throws dev.kedge.data.HeapTooSmallException if their heap has no room for it
   */
  public static String of(byte[] file, PictureDecoder decoder) {
    Picture picture = decoder.decode(file);
    double scale = Math.min(1.0, (double) SIDE / Math.max(picture.width(), picture.height()));
    Picture small =
        PillowResize.bicubic(picture, side(picture.width(), scale), side(picture.height(), scale));
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg(small));
  }

  private static int side(int pixels, double scale) {
    return (int) Math.max(1, Math.round(pixels * scale));
  }

  private static byte[] jpeg(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = picture.rgb();
    for (int i = 0; i < picture.width() * picture.height(); i++) {
      int pixel =
          (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF);
      image.setRGB(i % picture.width(), i / picture.width(), pixel);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
