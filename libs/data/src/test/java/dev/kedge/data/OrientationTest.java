package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  /** Two rows: ab, cd, ef would be three; here {@code a b c / d e f}. */
  private static final String STORED = "abcdef";

  @ParameterizedTest
  @CsvSource({
    "1, abcdef, 3", "2, cbafed, 3", "3, fedcba, 3", "4, defabc, 3",
    "5, adbecf, 2", "6, daebfc, 2", "7, fcebda, 2", "8, cfbead, 2"
  })
  void allEightTagValuesTurnThePicture(int tag, String expected, int width) {
    Picture upright = Orientation.ofExif(exif(tag)).upright(stored());
    assertThat(upright.width()).isEqualTo(width);
    assertThat(letters(upright)).isEqualTo(expected);
  }

  @Test
  void aDamagedBlockMeansUpright() {
    assertThat(Orientation.ofExif(ByteBuffer.allocate(3))).isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.ofExif(exif(9))).isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.ofExif(exif(6).putInt(4, -5))).isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.ofExif(exif(6).putShort(8, (short) -1).limit(12)))
        .isEqualTo(Orientation.UPRIGHT);
  }

  private static ByteBuffer exif(int tag) {
    ByteBuffer block = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
    block.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    block.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(tag);
    return block.flip();
  }

  private static Picture stored() {
    byte[] rgb = new byte[3 * STORED.length()];
    for (int i = 0; i < STORED.length(); i++) {
      rgb[3 * i] = (byte) STORED.charAt(i);
    }
    return new Picture(3, 2, rgb);
  }

  private static String letters(Picture picture) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < picture.rgb().length; i += 3) {
      letters.append((char) picture.rgb()[i]);
    }
    return letters.toString();
  }
}
