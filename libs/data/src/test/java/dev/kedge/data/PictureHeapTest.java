package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kedge.data.source.FileTree;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decoding takes of the heap, and what becomes of a picture that it has no room for. */
class PictureHeapTest {
  private static final int WIDTH = 4000;
  private static final int HEIGHT = 3000;
  private static final Pattern REMEDY = Pattern.compile(".* -Xmx(\\d+)m .*");
  private static final int RGBA_16 = -1;
  private static final int RGB_AND_TRANSPARENT = -2;
  private static final int AFTER_HEADER = 33;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "png, 16-bit colour with alpha, -1, 11",
    "png, colour with alpha, 6, 7",
    "png, colour, 5, 6",
    "png, colour and one that is transparent, -2, 7",
    "png, palette, 13, 6",
    "jpg, colour, 5, 6",
    "gif, palette, 13, 5"
  })
  void aPictureIsDecodedInTheHeapThatItsRefusalAsksFor(
      String format, String kind, int type, int bytes) throws Exception {
    Path file = Files.write(folder.resolve("a." + format), encoded(format, type));
    HeapTooSmallException refused = refusal(Files.readAllBytes(file));
    long needed = (long) bytes * WIDTH * HEIGHT + 2 * Files.size(file);
    assertThat(refused)
        .as(kind)
        .hasMessageStartingWith("%d x %d pixels, which take %,d MiB", WIDTH, HEIGHT, mib(needed))
        .hasMessageContaining("it has 1 MiB.");
    Matcher remedy = REMEDY.matcher(refused.getMessage());
    assertThat(remedy.matches()).isTrue();

    assertThat(decodedWith("-Xmx%sm".formatted(remedy.group(1)), file))
        .endsWith("%d x %d%n".formatted(WIDTH, HEIGHT));
  }

  private static long mib(long bytes) {
    return (bytes + (1L << 20) - 1) >> 20;
  }

  private static HeapTooSmallException refusal(byte[] picture) {
    PictureLimits limits = new PictureLimits(64L << 20, 89_478_485, 1L << 20);
    PictureDecoder decoder = new PictureDecoder(limits, Transparency.ON_WHITE, true);
    return catchThrowableOfType(HeapTooSmallException.class, () -> decoder.decode(picture));
  }

  private static byte[] encoded(String format, int type) throws IOException {
    return switch (type) {
      case RGBA_16 -> encoded(format, sixteenBits());
      case RGB_AND_TRANSPARENT ->
          withTransparentColour(
              encoded(format, new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR)));
      default -> encoded(format, new BufferedImage(WIDTH, HEIGHT, type));
    };
  }

  private static byte[] encoded(String format, BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] withTransparentColour(byte[] png) {
    byte[] chunk = new byte[4 + 4 + 6 + 4];
    ByteBuffer.wrap(chunk).putInt(6).put("tRNS".getBytes(StandardCharsets.US_ASCII));
    return ByteBuffer.allocate(png.length + chunk.length)
        .put(png, 0, AFTER_HEADER)
        .put(chunk)
        .put(png, AFTER_HEADER, png.length - AFTER_HEADER)
        .array();
  }

  private static BufferedImage sixteenBits() {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            BufferedImage.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    return new BufferedImage(
        model, model.createCompatibleWritableRaster(WIDTH, HEIGHT), false, null);
  }

  private static String decodedWith(String heap, Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Decoding.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** Decodes a file in a process of its own, as a preparation does. */
  static final class Decoding {
    private Decoding() {}

    public static void main(String[] arguments) throws IOException {
      byte[] file = Files.readAllBytes(Path.of(arguments[0]));
      Picture picture = new PictureDecoder().inThisHeap().decode(file);
      System.out.printf("%d x %d%n", picture.width(), picture.height());
    }
  }

  @Test
  void aPreparationFailsByThePicturesNameAndLeavesItNotOut() throws IOException {
    TestPictures.write(folder, "cat/small.png", TestPictures.png(1));
    TestPictures.write(folder, "cat/large.png", encoded("png", BufferedImage.TYPE_3BYTE_BGR));
    PictureLimits limits = new PictureLimits(64L << 20, 89_478_485, 100L << 20);
    DatasetPreparation how =
        new DatasetPreparation(
            new PictureDecoder(limits, Transparency.ON_WHITE, true), 0.5, 64L << 20);
    try (FileTree tree = FileTree.open(folder, folder)) {
      assertThatExceptionOfType(HeapTooSmallException.class)
          .isThrownBy(() -> how.prepare(tree, folder.resolve("out"), (done, total, bad) -> {}))
          .withMessageStartingWith("'cat/large.png' has 4000 x 3000 pixels, which take 69 MiB")
          .withMessageContaining("it has 100 MiB. Start this service with -Xmx145m or more");
    }
  }
}
