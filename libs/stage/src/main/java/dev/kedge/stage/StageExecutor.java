package dev.kedge.stage;

import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;

/**
 * Computes one kind of stage. Every CDI bean of this type is served by the process's {@code
 * StageService}; claiming, attaching, renewing and committing are not its concern.
 *
 * <p>One instance may run several stages at once, each on a thread of its own.
 */
public interface StageExecutor {
  /** The kind that this executor computes; one executor per kind and process. */
  StageKind kind();

  /**
   * What this machine would compute with. Recorded at the claim and with saved progress; who goes
   * on from there under another profile is marked inexact.
   */
  default NumericsProfile profile(StageSpec spec) {
    return NumericsProfile.ofThisMachine();
  }

  /**
   * Computes the stage. Calls {@link StageContext#checkStopping} at each batch.
   *
   * @param spec a spec of this executor's kind, every input an artifact digest
   * @return the files to commit; they are read before the scratch folder is deleted
   * @throws StageException for failures whose blame is known; anything else counts as internal
   * @throws StageStopped passed on from the context
   */
  StageOutput execute(StageSpec spec, StageContext context) throws Exception;
}
