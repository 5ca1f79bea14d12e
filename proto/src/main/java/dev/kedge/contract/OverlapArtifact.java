package dev.kedge.contract;

/** What a comparison of data leaves: an artifact of one kind, with one file. */
public final class OverlapArtifact {
  /** The artifact's kind. */
  public static final String KIND = "overlap";

  /** The file of what data sets share: a {@code kedge.v1.Overlap} as JSON. */
  public static final String FILE = "overlap.json";

  private OverlapArtifact() {}
}
