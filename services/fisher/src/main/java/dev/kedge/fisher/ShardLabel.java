package dev.kedge.fisher;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.SafetensorsFile;
import java.util.List;
import java.util.Map;

/**
 * What a shard's file says of itself, so that only shards that belong together are merged.
 *
 * @param index from 0
 * @param count how many there are
 * @param whole 64 hexadecimal digits, equal for all shards of one information
 */
record ShardLabel(int index, int count, String whole) {
  private static final String INDEX = "shard";
  private static final String COUNT = "shards";
  private static final String WHOLE = "whole";

  /** The metadata of what a spec asks for; none where that is no shard. */
  static Map<String, String> metadata(FisherSpec spec) {
    if (!spec.hasShard()) {
      return Map.of();
    }
    FisherSpec.Shard shard = spec.getShard();
    return Map.of(
        INDEX, Integer.toString(shard.getIndex()),
        COUNT, Integer.toString(shard.getCount()),
        WHOLE, whole(spec));
  }

  /** Over all that decides the information; threads and device change its last bits alone. */
  private static String whole(FisherSpec spec) {
    FisherSpec.Builder whole = spec.toBuilder().clearThreads().clearDevice();
    whole.getShardBuilder().clearIndex();
    return StageKey.of(StageSpec.newBuilder().setFisher(whole).build());
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if the file is no shard's
   */
  static ShardLabel of(SafetensorsFile file) {
    Map<String, String> metadata = file.metadata();
    if (!metadata.keySet().containsAll(List.of(INDEX, COUNT, WHOLE))) {
      throw new IllegalArgumentException(
          "an artifact of `merge` is no shard of a Fisher information: give those of FISHER stages"
              + " that have a `shard`");
    }
    return new ShardLabel(
        Integer.parseInt(metadata.get(INDEX)),
        Integer.parseInt(metadata.get(COUNT)),
        metadata.get(WHOLE));
  }
}
