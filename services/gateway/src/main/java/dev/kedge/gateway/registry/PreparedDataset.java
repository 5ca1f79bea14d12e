package dev.kedge.gateway.registry;

import dev.kedge.store.Digest;
import dev.kedge.v1.DatasetContents;
import dev.kedge.v1.DatasetVersion;

/**
 * What experiments have made of a version of a data set.
 *
 * @param artifact what stages learn from
 * @param contents what was found in it
 */
public record PreparedDataset(Digest artifact, DatasetContents contents) {
  /** The version, with what was found in it. */
  public DatasetVersion tellIn(DatasetVersion version) {
    return version.toBuilder().setContents(contents).build();
  }
}
