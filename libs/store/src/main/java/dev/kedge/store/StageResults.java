package dev.kedge.store;

import java.util.Optional;

/**
 * The commits of stages: the first intact result under a key stands, and everybody who comes later
 * gets that one.
 */
public final class StageResults {
  private final ObjectStore objects;
  private final String prefix;
  private final ArtifactStore artifacts;

  StageResults(ObjectStore objects, String prefix, ArtifactStore artifacts) {
    this.objects = objects;
    this.prefix = prefix;
    this.artifacts = artifacts;
  }

  /**
   * Commits a result, whose artifact must be stored already.
   *
   * @return the result that stands: this one, or the one that was there first
   * @throws StoreException.NotFound if the artifact or a file of it is missing
   */
  public StageResult commit(String stageKey, StageResult result) {
    requireIntact(stageKey, result);
    byte[] json = CanonicalJson.write(result);
    try {
      objects.put(key(stageKey), json, Condition.IF_ABSENT);
      return result;
    } catch (StoreException.ConditionFailed somebodyWasFirst) {
      return standing(stageKey, result, json);
    }
  }

  /**
   * Says that a stage which has no result yet has made a part, or relies on it: as long as the
   * stage is wanted and not committed, garbage collection keeps it. To be called before the part is
   * made.
   *
   * @param partKey under which the part's own result lies
   */
  public void announcePart(String stageKey, String partKey) {
    StoreName.require(partKey, "stage key");
    objects.put(
        prefix + StoreName.require(stageKey, "stage key") + "/parts/" + partKey,
        new byte[0],
        Condition.ALWAYS);
  }

  private void requireIntact(String stageKey, StageResult result) {
    var missing = artifacts.missing(result.artifact());
    if (!missing.isEmpty()) {
      throw new StoreException.NotFound(
          "stage " + stageKey + " cannot commit: not in the store: " + missing, null);
    }
  }

  private StageResult standing(String stageKey, StageResult mine, byte[] json) {
    StoredObject first = objects.get(key(stageKey));
    Optional<StageResult> theirs =
        readable(first, stageKey).filter(result -> artifacts.isIntact(result.artifact()));
    if (theirs.isPresent()) {
      return theirs.get();
    }
    try {
      objects.put(key(stageKey), json, Condition.ifUnchanged(first.etag()));
      return mine;
    } catch (StoreException.ConditionFailed repairedMeanwhile) {
      return parse(objects.get(key(stageKey)), stageKey);
    }
  }

  /**
   * Looks for a result and says whether its output is still there. One that cannot be read is as
   * good as none: whoever makes the stage again replaces it.
   */
  public StageLookup find(String stageKey) {
    Optional<StageResult> found;
    try {
      found = readable(objects.get(key(stageKey)), stageKey);
    } catch (StoreException.NotFound never) {
      return new StageLookup.Absent();
    }
    return found.map(this::looked).orElseGet(StageLookup.Absent::new);
  }

  private StageLookup looked(StageResult result) {
    var missing = artifacts.missing(result.artifact());
    return missing.isEmpty()
        ? new StageLookup.Intact(result)
        : new StageLookup.Broken(result, missing);
  }

  private Optional<StageResult> readable(StoredObject object, String stageKey) {
    try {
      return Optional.of(parse(object, stageKey));
    } catch (StoreException.Corrupt broken) {
      return Optional.empty();
    }
  }

  private StageResult parse(StoredObject object, String stageKey) {
    return CanonicalJson.read(object.bytes(), StageResult.class, key(stageKey));
  }

  private String key(String stageKey) {
    return prefix + StoreName.require(stageKey, "stage key") + "/result.json";
  }
}
