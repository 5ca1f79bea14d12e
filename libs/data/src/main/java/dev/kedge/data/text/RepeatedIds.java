package dev.kedge.data.text;

import com.fasterxml.jackson.databind.MappingIterator;
import dev.kedge.data.Digests;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Finds the records whose id was used by an earlier one. Digests of the ids go to disk, to as many
 * files as keep each of them small, and one file after the other is looked through: memory does not
 * grow with the records but for a bit each, and from eight million records on by a byte or less.
 */
final class RepeatedIds {
  private static final int IDS_OF_A_FILE = 65_536;

  /** All are open at once. */
  private static final int MOST_FILES = 128;

  private final List<Path> files = new ArrayList<>();

  private RepeatedIds(Path folder, long records) {
    for (int i = 0; i < files(records); i++) {
      files.add(folder.resolve("ids-%d".formatted(i)));
    }
  }

  /** To how many files the ids of so many records go. */
  static int files(long records) {
    return (int) Math.min(records / IDS_OF_A_FILE + 1, MOST_FILES);
  }

  /** The first 16 bytes of an id's SHA-256. */
  private record Fingerprint(long high, long low) {
    static Fingerprint of(String id) {
      ByteBuffer digest =
          ByteBuffer.wrap(Digests.sha256().digest(id.getBytes(StandardCharsets.UTF_8)));
      return new Fingerprint(digest.getLong(), digest.getLong());
    }

    int among(int files) {
      return (int) Long.remainderUnsigned(low, files);
    }
  }

  /**
   * Looks through parts.
   *
   * @param records how many records they have in all
   * @param folder for files that are gone afterwards
   * @param progress told before each part how many were read; may throw to stop the work
   * @return the repeated records, counted from 0 through all parts
   */
  static BitSet in(List<TextPartFiles> parts, long records, Path folder, IntConsumer progress)
      throws IOException {
    RepeatedIds ids = new RepeatedIds(folder, records);
    ids.write(parts, progress);
    BitSet repeated = new BitSet();
    for (Path file : ids.files) {
      read(file, repeated);
      Files.delete(file);
    }
    return repeated;
  }

  private void write(List<TextPartFiles> parts, IntConsumer progress) throws IOException {
    List<DataOutputStream> outputs = new ArrayList<>();
    try {
      for (Path file : files) {
        outputs.add(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file))));
      }
      int record = 0;
      for (int done = 0; done < parts.size(); done++) {
        progress.accept(done);
        record = write(parts.get(done), record, outputs);
      }
    } finally {
      for (DataOutputStream output : outputs) {
        output.close();
      }
    }
  }

  private static int write(TextPartFiles part, int first, List<DataOutputStream> outputs)
      throws IOException {
    int record = first;
    try (MappingIterator<TextItem> items = part.readItems()) {
      while (items.hasNext()) {
        TextItem item = items.next();
        if (item.isRecord()) {
          Fingerprint id = Fingerprint.of(item.id());
          DataOutputStream output = outputs.get(id.among(outputs.size()));
          output.writeLong(id.high());
          output.writeLong(id.low());
          output.writeInt(record++);
        }
      }
    }
    return record;
  }

  private static void read(Path file, BitSet repeated) throws IOException {
    Set<Fingerprint> seen = new HashSet<>();
    long entries = Files.size(file) / (2 * Long.BYTES + Integer.BYTES);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (long i = 0; i < entries; i++) {
        boolean isNew = seen.add(new Fingerprint(in.readLong(), in.readLong()));
        repeated.set(in.readInt(), !isNew);
      }
    }
  }
}
