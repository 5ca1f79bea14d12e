package dev.kedge.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The container around a WebP's pixels: RIFF chunks of a name, a length and a padded body. */
final class WebpChunks {
  private static final int FILE_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int EXTENDED = 10;
  private static final int HAS_ALPHA = 0x10;

  /** One chunk; the body begins at its position. */
  private record Chunk(String name, ByteBuffer body) {}

  private final byte[] file;
  private final List<Chunk> chunks;

  WebpChunks(byte[] file) {
    this.file = file;
    this.chunks = split(ByteBuffer.wrap(file, FILE_HEADER, file.length - FILE_HEADER).slice());
  }

  private static List<Chunk> split(ByteBuffer bytes) {
    ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    List<Chunk> chunks = new ArrayList<>();
    while (in.remaining() >= CHUNK_HEADER) {
      byte[] name = new byte[4];
      in.get(name);
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new BrokenPictureException("a WebP chunk runs past the end of the file");
      }
      ByteBuffer body = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      chunks.add(new Chunk(new String(name, StandardCharsets.ISO_8859_1), body));
      in.position(Math.min(in.limit(), in.position() + length + (length & 1)));
    }
    return chunks;
  }

  private static Optional<ByteBuffer> find(List<Chunk> chunks, String name) {
    return chunks.stream().filter(c -> c.name().equals(name)).map(Chunk::body).findFirst();
  }

  /** The EXIF block, from its TIFF header on. */
  Optional<ByteBuffer> exif() {
    return find(chunks, "EXIF").map(WebpChunks::withoutPrefix);
  }

  /** Some writers keep the six bytes that mark the block in a JPEG. */
  private static ByteBuffer withoutPrefix(ByteBuffer exif) {
    boolean marked = exif.limit() >= 6 && exif.get(0) == 'E';
    return marked ? exif.slice(6, exif.limit() - 6) : exif;
  }

  /**
   * A file with one picture: this one, or the first frame of an animation.
   *
   * @throws BrokenPictureException if that frame does not fill the screen
   */
  byte[] still() {
    return find(chunks, "ANMF").map(this::still).orElse(file);
  }

  private byte[] still(ByteBuffer frame) {
    ByteBuffer screen = find(chunks, "VP8X").orElseThrow(WebpChunks::broken);
    if (frame.limit() < FRAME_HEADER || screen.limit() < EXTENDED) {
      throw broken();
    }
    ByteBuffer size = screen.slice(4, 6);
    if (!size.equals(frame.slice(6, 6)) || !frame.slice(0, 6).equals(ByteBuffer.allocate(6))) {
      throw new BrokenPictureException(
          "an animated WebP whose first frame does not fill its screen: export that frame");
    }
    ByteBuffer data = frame.slice(FRAME_HEADER, frame.limit() - FRAME_HEADER);
    boolean alpha = find(split(data.duplicate()), "ALPH").isPresent();
    int length = FILE_HEADER + CHUNK_HEADER + EXTENDED + data.limit();
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    put(out, "RIFF").putInt(length - CHUNK_HEADER);
    put(out, "WEBP");
    put(out, "VP8X").putInt(EXTENDED).putInt(alpha ? HAS_ALPHA : 0).put(size);
    return out.put(data).array();
  }

  private static BrokenPictureException broken() {
    return new BrokenPictureException("a WebP whose animation is cut off");
  }

  private static ByteBuffer put(ByteBuffer out, String name) {
    return out.put(name.getBytes(StandardCharsets.ISO_8859_1));
  }
}
