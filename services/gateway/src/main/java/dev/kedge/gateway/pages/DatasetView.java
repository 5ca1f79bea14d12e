package dev.kedge.gateway.pages;

import dev.kedge.gateway.registry.Sample;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.v1.DatasetVersion;
import java.util.List;

/**
 * A version of a data set.
 *
 * @param version with what was found in it
 * @param samples some of it; empty where it was not prepared, and of all but the newest that was
 */
public record DatasetView(DatasetVersion version, List<Sample> samples) {
  /** Those of a data set of pictures. */
  public List<Sample> pictures() {
    return isText() ? List.of() : samples;
  }

  /** Those of a data set of texts. */
  public List<Sample> records() {
    return isText() ? samples : List.of();
  }

  private boolean isText() {
    return switch (PrepareSpec.Format.valueOf(version.getFormat())) {
      case RECORDS, TEXT -> true;
      default -> false;
    };
  }

  /** Whether an experiment has prepared it. */
  boolean isPrepared() {
    return version.hasContents();
  }
}
