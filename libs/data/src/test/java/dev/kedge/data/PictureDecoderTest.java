package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {
  private final PictureDecoder decoder = new PictureDecoder();

  @Test
  void textIsRefusedAsNoPicture() {
    assertRefused("BM or so".getBytes(StandardCharsets.UTF_8), "no JPEG, PNG, WebP or GIF file");
  }

  @Test
  void anEmptyFileIsNamedSo() {
    assertRefused(new byte[0], "an empty file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/clip/images/09_photo420.jpg",
        "/clip/images/01_wide.png",
        "/pillow/plain.gif",
        "/pillow/lossless.webp",
        "/pillow/lossy20.webp"
      })
  void aTruncatedFileIsRefused(String name) {
    byte[] whole = GoldenTensors.bytes(name);
    for (int eighth = 1; eighth < 8; eighth++) {
      assertRefused(Arrays.copyOf(whole, whole.length * eighth / 8), "");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/clip/images/06_cmyk.jpg",
        "/pillow/smallframetrans.gif",
        "/pillow/lossyalpha.webp",
        "/pillow/anim.webp",
        "/pillow/interlacedpalette.png"
      })
  void everyDamagedByteIsDecodedOrRefusedButNeverCrashes(String name) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    byte[] whole = GoldenTensors.bytes(name);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      decodeOrRefuse(damaged);
    }
  }

  private void decodeOrRefuse(byte[] file) {
    try {
      assertThat(decoder.decode(file).width()).isPositive();
    } catch (BrokenPictureException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  @Test
  void aBombIsRefusedFromItsHeader() throws IOException {
    byte[] png = encode(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png");
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    assertRefused(png, "60000 x 60000 pixels; the limit for one picture is 89,478,485");
  }

  @Test
  void aBombOfAGifOrAWebpIsRefusedFromItsHeader() {
    byte[] gif = GoldenTensors.bytes("/pillow/plain.gif");
    ByteBuffer.wrap(gif).putShort(6, (short) 0x6060).putShort(8, (short) 0x6060);
    assertRefused(gif, "24672 x 24672 pixels; the limit for one picture is 89,478,485");
    byte[] webp = GoldenTensors.bytes("/pillow/lossy20.webp");
    ByteBuffer.wrap(webp).putShort(26, (short) 0xFF3F).putShort(28, (short) 0xFF3F);
    assertRefused(webp, "16383 x 16383 pixels; the limit for one picture is 89,478,485");
  }

  @Test
  void aFileOverTheByteLimitIsNotLookedAt() {
    PictureDecoder strict =
        new PictureDecoder(new PictureLimits(10, 100), Transparency.ON_WHITE, true);
    assertThatExceptionOfType(BrokenPictureException.class)
        .isThrownBy(() -> strict.decode(new byte[11]))
        .withMessage("11 bytes; the limit for one picture is 10");
  }

  @Test
  void sixteenBitColourKeepsItsHighByte() throws IOException {
    var samples =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            BufferedImage.OPAQUE,
            DataBuffer.TYPE_USHORT);
    var raster = samples.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {0x12FF, 0x3400, 0xFFFF});
    Picture picture =
        decoder.decode(encode(new BufferedImage(samples, raster, false, null), "png"));
    assertThat(picture.rgb()).containsExactly(0x12, 0x34, 0xFF);
  }

  private void assertRefused(byte[] file, String reason) {
    assertThatExceptionOfType(BrokenPictureException.class)
        .isThrownBy(() -> decoder.decode(file))
        .withMessageContaining(reason);
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }
}
