package dev.kedge.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a JPEG says about itself before its first scan, read without decoding: how its components
 * encode colour (libjpeg's rules) and how it was held.
 */
record JpegHeader(ColourEncoding encoding, Orientation orientation) {
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;

  /** The colour space of the stored components. */
  enum ColourEncoding {
    GRAY,
    RGB,
    YCC,
    CMYK,
    YCCK
  }

  static JpegHeader of(byte[] jpeg) {
    Scan scan = new Scan();
    ByteBuffer in = ByteBuffer.wrap(jpeg).position(2);
    while (in.remaining() >= 4) {
      if (in.get() != (byte) 0xFF) {
        continue;
      }
      int marker = Byte.toUnsignedInt(in.get());
      if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
        break;
      }
      if (marker == 0xFF || marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= 0xD7)) {
        in.position(in.position() - (marker == 0xFF ? 1 : 0));
        continue;
      }
      int length = Short.toUnsignedInt(in.getShort()) - 2;
      if (length < 0 || length > in.remaining()) {
        throw new BrokenPictureException("a JPEG header segment runs past the end of the file");
      }
      scan.segment(marker, in.slice(in.position(), length));
      in.position(in.position() + length);
    }
    return new JpegHeader(scan.encoding(), scan.orientation);
  }

  private static final class Scan {
    private boolean jfif;
    private int adobeTransform = -1;
    private String componentIds = "";
    private Orientation orientation = Orientation.UPRIGHT;

    private void segment(int marker, ByteBuffer body) {
      if (marker == APP0 && startsWith(body, "JFIF\0")) {
        jfif = true;
      } else if (marker == APP1 && startsWith(body, "Exif\0\0")) {
        orientation = Orientation.ofExif(body.position(6));
      } else if (marker == APP14 && startsWith(body, "Adobe") && body.limit() >= 12) {
        adobeTransform = body.get(11);
      } else if (isFrame(marker) && body.limit() >= 6) {
        componentIds = ids(body);
      }
    }

    private static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static String ids(ByteBuffer frame) {
      StringBuilder ids = new StringBuilder();
      for (int at = 6; at + 2 < frame.limit(); at += 3) {
        ids.append((char) Byte.toUnsignedInt(frame.get(at)));
      }
      return ids.toString();
    }

    private static boolean startsWith(ByteBuffer body, String prefix) {
      byte[] wanted = prefix.getBytes(StandardCharsets.ISO_8859_1);
      return body.limit() >= wanted.length
          && body.slice(0, wanted.length).equals(ByteBuffer.wrap(wanted));
    }

    private ColourEncoding encoding() {
      return switch (componentIds.length()) {
        case 1 -> ColourEncoding.GRAY;
        case 3 -> isPlainRgb() ? ColourEncoding.RGB : ColourEncoding.YCC;
        case 4 -> adobeTransform == 2 ? ColourEncoding.YCCK : ColourEncoding.CMYK;
        default ->
            throw new BrokenPictureException(
                "a JPEG with %d colour components; 1, 3 and 4 are readable"
                    .formatted(componentIds.length()));
      };
    }

    private boolean isPlainRgb() {
      if (jfif) {
        return false;
      }
      return adobeTransform >= 0 ? adobeTransform == 0 : componentIds.equals("RGB");
    }
  }
}
