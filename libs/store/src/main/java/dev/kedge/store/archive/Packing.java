package dev.kedge.store.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.store.Artifact;
import dev.kedge.store.ArtifactStore;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobStore;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.Digest;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import dev.kedge.store.VersionedRecord;
import dev.kedge.store.garbage.RecordContents;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an archive, a zip without compression: {@value Header#NAME}, and then {@code
 * blobs/DIGEST}, {@code artifacts/DIGEST.json}, {@code events/KEY/CURSOR.json} and {@code
 * results/KEY.json}, in this order, so that whatever is read has been preceded by what it names.
 * What stages that have no result have saved on the way is left behind, for it belongs to the
 * machine that made it.
 */
public final class Packing {
  /** The first moment that a zip can tell. */
  private static final LocalDateTime BEGINNING = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ObjectStore objects;
  private final BlobStore blobs;
  private final VersionedRecord record;
  private final JsonNode companions;
  private final List<Packed> contents;

  /**
   * Finds all that the record names; lists of files are read, and no file yet.
   *
   * @param root where the project lies, ends with {@code /}
   * @param artifacts the project's
   * @param blobs the project's
   * @param companions what else goes with it, for whoever unpacks it
   * @throws dev.kedge.store.StoreException.Lost if a file is gone
   */
  public Packing(
      ObjectStore objects,
      String root,
      ArtifactStore artifacts,
      BlobStore blobs,
      VersionedRecord record,
      JsonNode companions) {
    this.objects = objects;
    this.blobs = blobs;
    this.record = record;
    this.companions = companions;
    List<Packed> all =
        RecordContents.of(objects, root, record.path()).stream()
            .map(object -> Packed.of(object, root))
            .flatMap(Optional::stream)
            .sorted()
            .toList();
    Set<String> done =
        all.stream()
            .filter(one -> one.kind() == EntryKind.RESULT)
            .map(Packed::subject)
            .collect(Collectors.toSet());
    this.contents =
        all.stream()
            .filter(one -> one.kind() != EntryKind.EVENT || done.contains(one.subject()))
            .toList();
    requireWhole(artifacts);
  }

  private void requireWhole(ArtifactStore artifacts) {
    Set<Blob> there =
        contents.stream()
            .filter(one -> one.kind() == EntryKind.BLOB)
            .map(Packed::blob)
            .collect(Collectors.toSet());
    contents.stream()
        .filter(one -> one.kind() == EntryKind.ARTIFACT)
        .map(list -> new Digest(list.subject()))
        .forEach(list -> requireFiles(list, artifacts.get(list), there));
  }

  private static void requireFiles(Digest list, Artifact artifact, Set<Blob> there) {
    artifact
        .files()
        .forEach(
            (name, blob) -> {
              if (!there.contains(blob)) {
                throw new StoreException.Lost(
                    new StoreException.NotFound(
                        "%s of artifact %s is not in the store, or not whole".formatted(name, list),
                        null));
              }
            });
  }

  /** Bytes of all that is packed; the archive has some more. */
  public long size() {
    return contents.stream().mapToLong(Packed::size).sum();
  }

  /**
   * Writes the archive.
   *
   * @throws dev.kedge.store.StoreException.Corrupt if a blob is not what it should be; it is put
   *     aside
   * @throws IOException if it cannot be written
   */
  public void writeTo(OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(new Unclosed(out))) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      zip.putNextEntry(entry(Header.NAME));
      zip.write(CanonicalJson.write(header()));
      for (Packed object : contents) {
        zip.putNextEntry(entry(object.name()));
        copy(object, zip);
      }
    }
  }

  private Header header() {
    return new Header(
        Header.FORMAT,
        record.path(),
        CanonicalJson.read(record.bytes(), JsonNode.class, record.path()),
        companions,
        contents.size());
  }

  /** With one time for all: equal contents are equal archives. */
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(BEGINNING);
    return entry;
  }

  private void copy(Packed object, OutputStream out) throws IOException {
    if (object.size() == 0) {
      return;
    }
    MessageDigest hash = Digest.algorithm();
    try (InputStream in =
        new DigestInputStream(objects.open(object.key(), 0, object.size()), hash)) {
      in.transferTo(out);
    }
    Digest read = Digest.finish(hash);
    if (object.kind() == EntryKind.BLOB) {
      blobs.requireSound(object.blob(), read);
    }
  }

  /** The archive ends, what it is written to does not. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
