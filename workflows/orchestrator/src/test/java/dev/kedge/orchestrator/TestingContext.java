package dev.kedge.orchestrator;

import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.LogLine;
import dev.kedge.stage.v1.Producer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A stage without a store: artifacts are folders, committed stages are given by key. */
final class TestingContext implements StageContext {
  static final String KEY = "e".repeat(64);

  final Map<String, Path> artifacts = new HashMap<>();
  final Map<String, CommittedStage> stages = new HashMap<>();
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
    return KEY;
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
    CommittedStage stage = stages.get(producer.getKey());
    if (stage == null) {
      throw StageException.user("NO_SUCH_STAGE", "there is no stage " + producer.getKey());
    }
    return stage;
  }

  @Override
  public void progress(long done, long total, String unit, Map<String, Double> metrics) {}

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
    return false;
  }

  @Override
  public void checkStopping() {}

  @Override
  public Optional<Path> part(String partKey) {
    return Optional.empty();
  }

  @Override
  public void savePart(String partKey, StageOutput part) {
    throw new UnsupportedOperationException();
  }
}
