package dev.kedge.models.clip;

/**
 * The text tower.
 *
 * @param tower its blocks
 * @param vocabulary number of token ids
 * @param context most tokens of a text, with start and end
 * @param startId id of the start token
 * @param endId id of the end token as the configuration states it; 2 in all of OpenAI's own files,
 *     where it is wrong and means "the largest id"
 * @param padId id of the padding token
 */
public record TextConfig(
    TowerConfig tower, int vocabulary, int context, int startId, int endId, int padId) {
  private static final int LEGACY_END = 2;

  public TextConfig {
    TowerConfig.requirePositive("vocab_size", vocabulary);
    TowerConfig.requirePositive("max_position_embeddings", context);
  }

  /**
   * The position whose output stands for the text: the first end token, or, with the legacy end id
   * 2, the first of the largest ids; 0 where no end token is found.
   */
  public int pooledPosition(long[] ids) {
    return endId == LEGACY_END ? firstLargest(ids) : firstEnd(ids);
  }

  private static int firstLargest(long[] ids) {
    int best = 0;
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] > ids[best]) {
        best = i;
      }
    }
    return best;
  }

  private int firstEnd(long[] ids) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == endId) {
        return i;
      }
    }
    return 0;
  }
}
