package dev.kedge.data.text;

import dev.kedge.data.IndexedSample;
import dev.kedge.data.Shard;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes records into files of JSON Lines; a record larger than a shard has one of its own. */
final class RecordShards implements Closeable {
  private final Path folder;
  private final long maxShardBytes;
  private final List<Shard> shards = new ArrayList<>();
  private OutputStream out;
  private int records;
  private long bytes;

  RecordShards(Path folder, long maxShardBytes) {
    this.folder = folder;
    this.maxShardBytes = maxShardBytes;
  }

  /** Appends one record and says where it lies. */
  IndexedSample add(TextItem item, byte[] json) throws IOException {
    if (out != null && bytes + json.length + 1 > maxShardBytes) {
      close();
    }
    if (out == null) {
      out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name())), 1 << 16);
    }
    IndexedSample place =
        new IndexedSample(
            item.id(),
            0,
            item.digest(),
            shards.size(),
            bytes,
            json.length,
            "",
            List.of(),
            item.text());
    out.write(json);
    out.write('\n');
    bytes += json.length + 1;
    records++;
    return place;
  }

  private String name() {
    return "%06d.jsonl".formatted(shards.size());
  }

  /** Completes the last shard. */
  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
      shards.add(new Shard(name(), bytes, records));
      out = null;
      bytes = 0;
      records = 0;
    }
  }

  /** The shards that are complete. */
  List<Shard> shards() {
    return List.copyOf(shards);
  }
}
