package dev.kedge.fisher;

import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.LogLine;
import dev.kedge.stage.v1.Producer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stage without a store: artifacts are folders, and what is said is kept. */
final class TestingContext implements StageContext {
  final Map<String, Path> artifacts = new HashMap<>();
  final List<Long> done = new ArrayList<>();
  long total;
  boolean stopping;
  private final Path scratch;

  TestingContext(Path scratch) {
    this.scratch = scratch;
  }

  @Override
  public String project() {
    return "default";
  }

  @Override
  public String key() {
    return "0".repeat(64);
  }

  @Override
  public NumericsProfile profile() {
    return NumericsProfile.ofThisMachine();
  }

  @Override
  public Path artifact(String artifact) {
    Path folder = artifacts.get(artifact);
    if (folder == null) {
      throw StageException.user("NO_SUCH_ARTIFACT", "there is no artifact " + artifact);
    }
    return folder;
  }

  @Override
  public CommittedStage producer(Producer producer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void progress(long done, long total, String unit, Map<String, Double> metrics) {
    this.done.add(done);
    this.total = total;
  }

  @Override
  public void log(LogLine.Level level, String text) {}

  @Override
  public Path scratch() {
    return scratch;
  }

  @Override
  public Optional<Path> resumed() {
    return Optional.empty();
  }

  @Override
  public void saveProgress(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean stopping() {
    return stopping;
  }

  @Override
  public void checkStopping() {
    if (stopping) {
      throw new StageStopped(StageStopped.Why.CANCELLED);
    }
  }

  @Override
  public Optional<Path> part(String partKey) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void savePart(String partKey, StageOutput part) {
    throw new UnsupportedOperationException();
  }
}
