package dev.kedge.dataprep;

import dev.kedge.contract.StageKey;
import dev.kedge.data.Digests;
import dev.kedge.data.FinishedParts;
import dev.kedge.data.PicturePart;
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
 */
record SavedParts(PrepareSpec spec, StageContext context) implements FinishedParts {
  private static final String KIND = "dataset-part";

  @Override
  public Optional<Path> find(PicturePart part) {
    return context.part(key(part));
  }

  @Override
  public void keep(PicturePart part, Path folder) {
    context.savePart(key(part), StageOutput.folder(KIND, folder, Map.of()));
  }

  private String key(PicturePart part) {
    PrepareSpec reading = spec.toBuilder().clearMaxQuarantinedFraction().build();
    String text =
        "%s, %d records from %d on"
            .formatted(
                StageKey.of(StageSpec.newBuilder().setPrepare(reading).build()),
                part.candidates().size(),
                part.first());
    return Digests.hex(text.getBytes(StandardCharsets.UTF_8));
  }
}
