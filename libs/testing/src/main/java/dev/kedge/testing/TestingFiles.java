package dev.kedge.testing;

import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StoredFiles;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobWriter;
import dev.kedge.store.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Stored files without a store: those of folders, and what is written goes to scratch. */
public final class TestingFiles implements StoredFiles {
  private final TestingContext context;
  private final Map<Blob, Path> places = new ConcurrentHashMap<>();

  TestingFiles(TestingContext context) {
    this.context = context;
  }

  /** What a stage made, as files. */
  public SortedMap<String, Path> files(StageOutput output) {
    if (output instanceof StageOutput.Stored stored) {
      SortedMap<String, Path> files = new TreeMap<>();
      stored.files().forEach((name, blob) -> files.put(name, places.get(blob)));
      return files;
    }
    return ((StageOutput.NewFiles) output).files();
  }

  @Override
  public SortedMap<String, Blob> of(String artifact) {
    return blobs(context.artifact(artifact));
  }

  @Override
  public void read(Blob blob, long from, byte[] into) {
    try (InputStream file = Files.newInputStream(places.get(blob))) {
      file.skipNBytes(from);
      file.readNBytes(into, 0, into.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void requireSound(Blob blob, Digest read) {
    if (!blob.digest().equals(read)) {
      throw new IllegalStateException(blob + " was read as " + read);
    }
  }

  @Override
  public Blob write(long size, BlobWriter writer) {
    try {
      Path file = Files.createTempFile(context.scratch(), "blob", "");
      try (OutputStream out = Files.newOutputStream(file)) {
        writer.writeTo(out);
      }
      if (Files.size(file) != size) {
        throw new IllegalStateException(Files.size(file) + " bytes, announced were " + size);
      }
      return blob(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<SortedMap<String, Blob>> part(String partKey) {
    return context.part(partKey).map(this::blobs);
  }

  private SortedMap<String, Blob> blobs(Path folder) {
    SortedMap<String, Blob> blobs = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        blobs.put(folder.relativize(file).toString(), blob(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return blobs;
  }

  private Blob blob(Path file) throws IOException {
    Blob blob = new Blob(Digest.of(file), Files.size(file));
    places.put(blob, file);
    return blob;
  }
}
