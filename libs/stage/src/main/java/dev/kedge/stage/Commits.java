package dev.kedge.stage;

import dev.kedge.store.StageLookup;
import dev.kedge.store.StageResults;
import java.util.List;
import java.util.Optional;

/** Committed stages of one project, with their lineage. */
public record Commits(StageResults results) {
  /** The stage, if it was committed and its artifact is still intact. */
  public Optional<CommittedStage> find(String key) {
    return results.find(key) instanceof StageLookup.Intact intact
        ? Optional.of(ResultDocument.read(key, intact.result()))
        : Optional.empty();
  }

  /** What a committed stage's artifact lacks by now, so that it has to run again. */
  Optional<List<String>> damage(String key) {
    return results.find(key) instanceof StageLookup.Broken broken
        ? Optional.of(broken.missing())
        : Optional.empty();
  }

  /**
   * Commits.
   *
   * @return what stands: this, or what somebody else committed first
   */
  CommittedStage commit(CommittedStage mine) {
    return ResultDocument.read(mine.key(), results.commit(mine.key(), ResultDocument.write(mine)));
  }
}
