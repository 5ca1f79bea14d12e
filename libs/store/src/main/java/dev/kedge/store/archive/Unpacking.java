package dev.kedge.store.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.Digest;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageLookup;
import dev.kedge.store.StageResult;
import dev.kedge.store.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads an archive into a project. The bytes of files and lists are compared with their digests; a
 * result is believed to be what its stage comes to, so whoever unpacks an archive trusts its maker.
 * What is there already stays. An archive that breaks off leaves what nothing names, and unpacking
 * it again goes over that. Nothing in it may be larger than the archive, which has no compression.
 */
public final class Unpacking implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ZipInputStream zip;
  private final Header header;
  private final Set<String> brought = new HashSet<>();
  private long left;

  /**
   * Reads what the archive says of itself.
   *
   * @param size bytes of the archive
   * @throws UnreadableArchiveException if it is none
   */
  public Unpacking(InputStream archive, long size) {
    zip = new ZipInputStream(archive);
    left = size;
    header = header();
  }

  /** The path of its record, such as {@code experiments/01jd…}. */
  public String path() {
    return header.path();
  }

  /** The content of its record. */
  public JsonNode record() {
    return header.record();
  }

  /** What else went with it. */
  public JsonNode companions() {
    return header.companions();
  }

  /**
   * Puts everything but the record into a project.
   *
   * @throws UnreadableArchiveException if it is not whole, or not what its names say
   */
  public void into(ProjectStore project) {
    long taken = 0;
    for (ZipEntry entry = next(); entry != null; entry = next()) {
      take(entry.getName(), project);
      taken++;
    }
    if (taken != header.entries()) {
      throw broken("it was cut off: it has %d of %d entries".formatted(taken, header.entries()));
    }
  }

  private Header header() {
    ZipEntry first = next();
    if (first == null || !first.getName().equals(Header.NAME)) {
      throw new UnreadableArchiveException(
          "it is no archive of `kedge pack`: it does not begin with " + Header.NAME);
    }
    Header read = read(Header.NAME, bytes(Header.NAME), Header.class);
    if (read.format() != Header.FORMAT) {
      throw new UnreadableArchiveException(
          "it is of format %d, and this Kedge reads format %d: unpack it with the version that packed it, or a newer one"
              .formatted(read.format(), Header.FORMAT));
    }
    return read;
  }

  private void take(String name, ProjectStore project) {
    for (EntryKind kind : EntryKind.values()) {
      Matcher matcher = kind.inArchive().matcher(name);
      if (matcher.matches()) {
        take(kind, matcher, project);
        return;
      }
    }
    throw broken("it has an entry of no known kind, " + name);
  }

  private void take(EntryKind kind, Matcher name, ProjectStore project) {
    try {
      switch (kind) {
        case BLOB -> blob(new Digest(name.group(1)), Long.parseLong(name.group(2)), project);
        case ARTIFACT -> artifact(new Digest(name.group(1)), name.group(), project);
        case RESULT -> result(name.group(1), name.group(), project);
        case EVENT -> event(name, project);
      }
    } catch (StoreException.NotFound e) {
      throw new UnreadableArchiveException(
          "it is not whole, it lacks what %s names: %s".formatted(name.group(), e.getMessage()), e);
    }
  }

  private void blob(Digest digest, long size, ProjectStore project) {
    Blob named = new Blob(digest, size);
    spend(size);
    Blob read = project.blobs().write(size, out -> copy(named, out));
    if (!read.equals(named)) {
      throw broken("blobs/%s has the bytes of %s".formatted(named.digest().hex(), read.digest()));
    }
  }

  /** What unpacks to more than it is was not packed by us, and would fill the store. */
  private void spend(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw broken("it unpacks to more than it is");
    }
  }

  private void copy(Blob named, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long missing = named.size();
    for (int count = next(buffer); count > 0; count = next(buffer)) {
      missing -= count;
      if (missing < 0) {
        throw broken("blobs/%s is longer than it says".formatted(named.digest().hex()));
      }
      out.write(buffer, 0, count);
    }
    if (missing > 0) {
      throw broken("blobs/%s is shorter than it says".formatted(named.digest().hex()));
    }
  }

  private void artifact(Digest named, String name, ProjectStore project) {
    Artifact artifact = read(name, bytes(name), Artifact.class);
    if (!artifact.digest().equals(named)) {
      throw broken("%s is the list %s".formatted(name, artifact.digest()));
    }
    Digest unused = project.artifacts().put(artifact);
  }

  private void result(String key, String name, ProjectStore project) {
    StageResult result = read(name, bytes(name), StageResult.class);
    if (project.results().find(key) instanceof StageLookup.Absent) {
      brought.add(key);
    }
    StageResult unused = project.results().commit(key, result);
  }

  /** What led to a result; where another run's result was there already, it is of no use. */
  private void event(Matcher name, ProjectStore project) {
    JsonNode event = read(name.group(), bytes(name.group()), JsonNode.class);
    if (brought.contains(name.group(1))) {
      String[] place = name.group(2).split("-", 2);
      project
          .events(name.group(1))
          .append(Long.parseLong(place[0]), Long.parseLong(place[1]), event);
    }
  }

  private ZipEntry next() {
    return fromArchive(zip::getNextEntry);
  }

  private int next(byte[] buffer) {
    return fromArchive(() -> zip.read(buffer));
  }

  private byte[] bytes(String name) {
    byte[] bytes = fromArchive(() -> zip.readNBytes(ObjectStore.MAX_DOCUMENT_BYTES));
    spend(bytes.length);
    if (fromArchive(zip::read) >= 0) {
      throw broken(name + " is longer than it may be");
    }
    return bytes;
  }

  /** Something that is read. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T fromArchive(Reading<T> reading) {
    try {
      return reading.read();
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new UnreadableArchiveException("it is broken: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(String name, byte[] json, Class<T> type) {
    try {
      return CanonicalJson.read(json, type, name);
    } catch (StoreException.Corrupt e) {
      throw new UnreadableArchiveException("it is broken: " + e.getMessage(), e);
    }
  }

  private static UnreadableArchiveException broken(String why) {
    return new UnreadableArchiveException("it is broken: " + why);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
