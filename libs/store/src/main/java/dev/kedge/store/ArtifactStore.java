package dev.kedge.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Artifacts under the name of their digest. */
public final class ArtifactStore {
  private final ObjectStore objects;
  private final String prefix;
  private final BlobStore blobs;
  private final Views views;

  ArtifactStore(ObjectStore objects, String prefix, BlobStore blobs, Views views) {
    this.objects = objects;
    this.prefix = prefix;
    this.blobs = blobs;
    this.views = views;
  }

  /**
   * Stores an artifact whose blobs are there already.
   *
   * @return its name
   * @throws StoreException.NotFound if a blob is not there
   */
  public Digest put(Artifact artifact) {
    List<String> missing = missingFiles(artifact);
    if (!missing.isEmpty()) {
      throw new StoreException.NotFound(
          "blobs of " + missing + " are not in the store: put them before the artifact", null);
    }
    return write(artifact);
  }

  /**
   * Stores an artifact for a commit, which looks for its blobs: {@link StageResults#commit}.
   *
   * @return its name
   */
  public Digest write(Artifact artifact) {
    byte[] json = artifact.canonicalJson();
    Digest digest = Digest.of(json);
    objects.put(key(digest), json, Condition.ALWAYS);
    return digest;
  }

  /**
   * Reads an artifact.
   *
   * @throws StoreException.Lost if there is none of this name
   * @throws StoreException.Corrupt if what is there is something else
   */
  public Artifact get(Digest digest) {
    byte[] json = bytes(digest);
    new Blob(digest, json.length).requireDigest(Digest.of(json), key(digest));
    return CanonicalJson.read(json, Artifact.class, key(digest));
  }

  private byte[] bytes(Digest digest) {
    try {
      return objects.get(key(digest)).bytes();
    } catch (StoreException.NotFound e) {
      throw new StoreException.Lost(e);
    }
  }

  /** Whether the artifact and every file of it are there, each with its size. */
  public boolean isIntact(Digest digest) {
    return missing(digest).isEmpty();
  }

  /** What is not there or not as it should be, in words; empty if intact. */
  public List<String> missing(Digest digest) {
    try {
      return missingFiles(get(digest));
    } catch (StoreException.NotFound | StoreException.Corrupt e) {
      return List.of("artifact " + digest);
    }
  }

  private List<String> missingFiles(Artifact artifact) {
    return artifact.files().entrySet().stream()
        .filter(file -> !blobs.contains(file.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Lays an artifact out as a folder of verified, read-only files.
   *
   * @return the folder, to be closed after use
   * @throws StoreException.Corrupt if a file's bytes are not what they should be
   */
  public ArtifactView materialise(Digest digest) {
    return views.of(get(digest).files(), blobs);
  }

  /** What {@link #materialise} has to fetch, since this node has no copies of it yet. */
  public long bytesToFetch(Digest digest) {
    return get(digest).files().values().stream()
        .distinct()
        .filter(blob -> !views.hasCopy(blob))
        .mapToLong(Blob::size)
        .sum();
  }

  /** Where artifacts are laid out. */
  public Path place() {
    return views.place();
  }

  private String key(Digest digest) {
    return prefix + digest.hex() + ".json";
  }
}
