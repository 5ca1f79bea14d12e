package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import java.util.List;
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

  /**
   * The stage for one of several shares of a source.
   *
   * @param whole the stage that would prepare all of it
   * @param index from 0
   */
  public static StageSpec share(StageSpec whole, int index, int count) {
    PrepareSpec.Builder share = whole.getPrepare().toBuilder().clearMaxQuarantinedFraction();
    share.getShareBuilder().setIndex(index).setCount(count);
    return StageSpec.newBuilder().setPrepare(share).build();
  }

  /**
   * The stage that makes one data set of its shares.
   *
   * @param whole the stage that would prepare all of it
   * @param shares what the stages of all its shares made, in their order
   */
  public static StageSpec merge(StageSpec whole, List<Input> shares) {
    return StageSpec.newBuilder()
        .setPrepare(
            PrepareSpec.newBuilder()
                .setFormat(whole.getPrepare().getFormat())
                .setMaxQuarantinedFraction(whole.getPrepare().getMaxQuarantinedFraction())
                .addAllMerge(shares))
        .build();
  }
}
