package dev.kedge.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Writes a part's files. */
final class PartWriter implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ShardWriter shard;
  private final BufferedWriter kept;
  private final BufferedWriter facts;
  private final BufferedWriter leftOut;
  private int key;

  /** The first candidate's key; the others count on, whether they are kept or not. */
  PartWriter(PartFiles files, int firstKey) throws IOException {
    this.shard = new ShardWriter(files.shard());
    this.kept = Files.newBufferedWriter(files.kept());
    this.facts = Files.newBufferedWriter(files.facts());
    this.leftOut = Files.newBufferedWriter(files.leftOut());
    this.key = firstKey;
  }

  void keep(PictureListing.Candidate candidate, byte[] picture, Picture decoded)
      throws IOException {
    String source = candidate.file().path();
    int label = candidate.label();
    List<String> captions = candidate.captions();
    long offset = shard.add(key++, label, picture, captions);
    String digest = Digests.hex(picture);
    String look = PerceptualHash.of(decoded).toString();
    line(
        kept,
        new IndexedSample(source, label, digest, 0, offset, picture.length, look, captions, ""));
    String format = PictureFormat.of(picture).ending();
    line(facts, new PictureFacts(format, decoded.width(), decoded.height()));
  }

  void leaveOut(PictureListing.Candidate candidate, String reason) throws IOException {
    key++;
    line(leftOut, new LeftOut(candidate.file().path(), candidate.label(), reason));
  }

  private static void line(BufferedWriter out, Object value) throws IOException {
    out.write(JSON.writeValueAsString(value));
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    shard.close();
    kept.close();
    facts.close();
    leftOut.close();
  }
}
