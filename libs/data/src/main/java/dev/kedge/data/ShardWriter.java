package dev.kedge.data;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes samples into a tar that WebDataset loaders read: {@code KEY.jpg}, or {@code png}, {@code
 * webp} or {@code gif}, beside {@code KEY.cls}, the label in digits, and of a picture with captions
 * {@code KEY.txt}, one a line. The same samples in the same order give the same bytes: nothing of
 * the time or the machine gets in.
 */
final class ShardWriter implements Closeable {
  private static final int BLOCK = 512;
  static final int TAIL = 2 * BLOCK;

  private final TarArchiveOutputStream tar;
  private long bytes;

  ShardWriter(Path file) throws IOException {
    tar =
        new TarArchiveOutputStream(
            new BufferedOutputStream(Files.newOutputStream(file), 1 << 16),
            BLOCK,
            StandardCharsets.US_ASCII.name());
  }

  /** How many bytes of a tar a sample takes. */
  static long sampleBytes(PictureListing.Candidate candidate) {
    List<String> captions = candidate.captions();
    return entryBytes(candidate.file().bytes())
        + entryBytes(Integer.toString(candidate.label()).length())
        + (captions.isEmpty() ? 0 : entryBytes(lines(captions).length));
  }

  private static byte[] lines(List<String> captions) {
    return String.join("\n", captions).getBytes(StandardCharsets.UTF_8);
  }

  private static long entryBytes(long length) {
    return BLOCK + (length + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Appends one sample and says where in this shard its picture begins. */
  long add(int key, int label, byte[] picture, List<String> captions) throws IOException {
    String name = "%09d".formatted(key);
    long offset = bytes + BLOCK;
    entry(name + "." + PictureFormat.of(picture).ending(), picture);
    entry(name + ".cls", Integer.toString(label).getBytes(StandardCharsets.US_ASCII));
    if (!captions.isEmpty()) {
      entry(name + ".txt", lines(captions));
    }
    return offset;
  }

  private void entry(String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setMode(0644);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    bytes += entryBytes(content.length);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
