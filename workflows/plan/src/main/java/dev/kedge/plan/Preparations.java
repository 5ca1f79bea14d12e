package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import java.util.Map;

/** How plans prepare data. */
public final class Preparations {
  /** More broken records than this are a broken data set. */
  private static final double MOST_QUARANTINED = 0.05;

  private Preparations() {}

  /**
   * The stage for an imported source, in every plan the same.
   *
   * @param source the source's digest
   * @param columns wanted names and the source's
   */
  public static StageSpec of(
      String source, PrepareSpec.Format format, Map<String, String> columns) {
    return StageSpec.newBuilder()
        .setPrepare(
            PrepareSpec.newBuilder()
                .setSource(Input.newBuilder().setArtifact(source))
                .setFormat(format)
                .setMaxQuarantinedFraction(MOST_QUARANTINED)
                .putAllColumns(columns))
        .build();
  }
}
