package dev.kedge.dataprep;

import dev.kedge.contract.StageKey;
import dev.kedge.data.Digests;
import dev.kedge.data.FinishedParts;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Parts in the store, each under a key of its own: over the source, how it is read, and which run
 * of its records it is. How many may be left out is in no key: a retry that allows more finds all.
 * Nor is the share: a part is the same whichever stage made it.
 */
final class SavedParts implements FinishedParts {
  private static final String KIND = "dataset-part";

  private final String reading;
  private final StageContext context;
  private int found;

  SavedParts(PrepareSpec spec, StageContext context) {
    PrepareSpec.Builder reading = spec.toBuilder().clearMaxQuarantinedFraction().clearShare();
    this.reading = StageKey.of(StageSpec.newBuilder().setPrepare(reading).build());
    this.context = context;
  }

  @Override
  public Optional<Path> find(String part) {
    Optional<Path> folder = context.part(key(part));
    found += folder.isPresent() ? 1 : 0;
    return folder;
  }

  @Override
  public void keep(String part, Path folder) {
    context.savePart(key(part), StageOutput.folder(KIND, folder, Map.of()));
  }

  /** Says what was not done again. */
  void tellFound() {
    if (found > 0) {
      context.info("went on from %d parts that were finished before".formatted(found));
    }
  }

  private String key(String part) {
    return Digests.hex("%s, %s".formatted(reading, part).getBytes(StandardCharsets.UTF_8));
  }
}
