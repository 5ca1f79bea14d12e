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
    assertRefused("GIF89a or so".getBytes(StandardCharsets.UTF_8), "neither a JPEG nor a PNG");
  }

  @Test
  void anEmptyFileIsNamedSo() {
    assertRefused(new byte[0], "an empty file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"09_photo420.jpg", "01_wide.png"})
  void aTruncatedFileIsRefused(String name) {
    byte[] whole = GoldenTensors.bytes("/clip/images/" + name);
    for (int eighth = 1; eighth < 8; eighth++) {
      assertRefused(Arrays.copyOf(whole, whole.length * eighth / 8), "");
    }
  }

  @Test
  void everyDamagedByteIsDecodedOrRefusedButNeverCrashes() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    byte[] whole = GoldenTensors.bytes("/clip/images/06_cmyk.jpg");
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
