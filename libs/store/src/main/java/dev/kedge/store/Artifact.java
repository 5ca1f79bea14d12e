package dev.kedge.store;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a stage produces: a kind and files, and nothing else, so that equal bytes are equal
 * artifacts whoever made them, when and why.
 *
 * @param kind what reads it, such as {@code checkpoint}
 * @param files blobs by relative path with {@code /} between names
 */
public record Artifact(String kind, SortedMap<String, Blob> files) {
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  /** Refuses paths that would leave the folder the artifact is laid out in. */
  public Artifact {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException(
          "\"" + kind + "\" is no artifact kind: write lower-case letters, digits and hyphens");
    }
    files.keySet().forEach(ArtifactPath::require);
    ArtifactPath.requireNoFileInsideAFile(files.keySet());
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** The one way to write it; its digest is the artifact's name. */
  public byte[] canonicalJson() {
    return CanonicalJson.write(this);
  }

  /** The artifact's name. */
  public Digest digest() {
    return Digest.of(canonicalJson());
  }
}
