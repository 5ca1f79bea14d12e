package dev.kedge.stage;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.LogLine;
import dev.kedge.stage.v1.Producer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What one running stage may ask and say. Safe for use by several threads of the stage. */
public interface StageContext {
  /** The project id. */
  String project();

  /** The stage key, 64 hexadecimal digits. */
  String key();

  /** This machine's profile; where saved progress is gone on from, the one that it began under. */
  NumericsProfile profile();

  /**
   * A choice that the bits depend on and that only this stage's inputs let be made, made once: it
   * joins {@link #profile}, goes with saved progress, and whoever goes on from there keeps to it.
   *
   * @param name as in the profile, for example {@code micro_batch}
   * @param choice asked where nothing was chosen yet
   * @return what was chosen first
   */
  String fix(String name, Supplier<?> choice);

  /**
   * The files of an artifact, downloaded and verified.
   *
   * @param artifact a digest, {@code sha256:…}
   * @return a read-only folder, there until the stage ends
   * @throws StageException blaming the user if there is no such artifact, resources if the store is
   *     out of reach
   */
  Path artifact(String artifact);

  /** As {@link #artifact}; refuses an input that is still a reference to a stage. */
  default Path input(Input input) {
    return artifact(digest(input));
  }

  /**
   * One file of an input in memory, verified; nothing else of the input is read.
   *
   * @throws StageException blaming the user if the input has no such file
   */
  default byte[] inputFile(Input input, String name) {
    return stored()
        .file(digest(input), name)
        .orElseThrow(
            () ->
                StageException.user(
                    "FILE_MISSING",
                    "the input %s has no file '%s': give the output of another stage"
                        .formatted(input.getArtifact(), name)));
  }

  private static String digest(Input input) {
    if (!input.hasArtifact()) {
      throw StageException.user(
          "UNRESOLVED_INPUT",
          "the input names the stage '%s': replace it by that stage's artifact before the run"
              .formatted(input.getStage()));
    }
    return input.getArtifact();
  }

  /** The same files where they are stored, for work that streams them. */
  StoredFiles stored();

  /**
   * Another committed stage: its artifact, cost and lineage.
   *
   * @throws StageException blaming the user if it has no intact result
   */
  CommittedStage producer(Producer producer);

  /**
   * Takes a step of the work that is worth seeing by itself: in traces it is a span. Not for what
   * is done again and again.
   *
   * @param name one of few, and nothing that people have written
   */
  default <T, E extends Exception> T step(String name, Step<T, E> work) throws E {
    return work.take();
  }

  /** A part of the work. */
  @FunctionalInterface
  interface Step<T, E extends Exception> {
    /** Does it. */
    T take() throws E;
  }

  /**
   * Says how far the work is. Cheap: call it at each batch; watchers get the newest one at most
   * every two seconds.
   *
   * @param total units in all; 0 where unknown
   * @param unit plural, for example {@code steps}, {@code images}
   */
  void progress(long done, long total, String unit, Map<String, Double> metrics);

  /**
   * Counts work in the process's metrics that {@link #progress}, which is counted by itself, does
   * not tell.
   *
   * @param unit plural, one word, for example {@code samples}
   * @param amount what is done since the last call
   */
  void worked(String unit, long amount);

  /** Adds a line for people, for the process's log too; without secrets. */
  void log(LogLine.Level level, String text);

  /** A line for information. */
  default void info(String text) {
    log(LogLine.Level.INFO, text);
  }

  /** Something to look at; the work goes on. */
  default void warn(String text) {
    log(LogLine.Level.WARNING, text);
  }

  /** A private folder, deleted when the stage ends. */
  Path scratch();

  /**
   * The newest intact progress that an earlier attempt at this key saved.
   *
   * @return a folder as it was given to {@link #saveProgress}
   */
  Optional<Path> resumed();

  /**
   * Hands a snapshot over. The folder is moved away at once and uploaded in the background; where
   * uploads fall behind, only the newest waiting snapshot is kept. The stage does not end before
   * the last one is safe.
   *
   * @param folder flat or nested files, under {@link #scratch}; write a new folder for the next
   *     snapshot
   */
  void saveProgress(Path folder);

  /** Whether the stage should save what it has and stop. */
  boolean stopping();

  /**
   * To be called at each batch.
   *
   * @throws StageStopped where {@link #stopping}
   */
  void checkStopping();

  /**
   * A part of this stage's work that was saved under a key of its own, by this or any other stage
   * of the project.
   *
   * @param partKey 64 hexadecimal digits over all that determines the part
   * @return the verified files
   */
  Optional<Path> part(String partKey);

  /**
   * Saves a finished part of the work. It outlives this stage, whatever becomes of it, until
   * garbage collection finds it named by nothing; the first one saved under a key stays.
   */
  void savePart(String partKey, StageOutput part);

  /** Names a part in this stage's result, so that it stays as long as the result does. */
  void keepPart(String partKey);
}
