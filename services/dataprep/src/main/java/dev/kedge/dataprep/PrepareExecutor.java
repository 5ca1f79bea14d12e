package dev.kedge.dataprep;

import dev.kedge.data.DataException;
import dev.kedge.data.DatasetManifest;
import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.HostileArchiveException;
import dev.kedge.data.source.FileTree;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** PREPARE: an imported image folder, or an archive of one, becomes validated shards. */
@Singleton
public class PrepareExecutor implements StageExecutor {

  @Override
  public StageKind kind() {
    return StageKind.PREPARE;
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    PrepareSpec prepare = spec.getPrepare();
    Path target = context.scratch().resolve("dataset");
    DatasetManifest manifest = prepare(preparation(prepare), prepare, target, context);
    manifest.quarantine().forEach(file -> context.warn("left out " + file));
    context.info(
        "%d pictures of %d classes, %d left out"
            .formatted(
                manifest.samples(), manifest.classes().size(), manifest.quarantine().size()));
    return StageOutput.folder("dataset", target, metrics(manifest));
  }

  private static DatasetPreparation preparation(PrepareSpec spec) {
    if (spec.getFormat() != PrepareSpec.Format.IMAGE_FOLDER) {
      throw StageException.user(
          "UNKNOWN_FORMAT",
          "format %s cannot be prepared; known is IMAGE_FOLDER".formatted(spec.getFormat()));
    }
    try {
      return new DatasetPreparation(spec.getMaxQuarantinedFraction());
    } catch (IllegalArgumentException e) {
      throw StageException.user("INVALID_SPEC", e.getMessage(), e);
    }
  }

  private static DatasetManifest prepare(
      DatasetPreparation preparation, PrepareSpec spec, Path target, StageContext context)
      throws IOException {
    Path source = context.input(spec.getSource());
    Path unpacked = Files.createDirectories(context.scratch().resolve("unpacked"));
    try (FileTree tree = FileTree.open(source, unpacked)) {
      return preparation.prepare(tree, target, new ReportedProgress(context));
    } catch (HostileArchiveException e) {
      throw StageException.user("HOSTILE_ARCHIVE", e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATA", e.getMessage(), e);
    }
  }

  private static Map<String, Double> metrics(DatasetManifest manifest) {
    return Map.of(
        "samples", (double) manifest.samples(),
        "classes", (double) manifest.classes().size(),
        "quarantined", (double) manifest.quarantine().size(),
        "bytes", (double) manifest.bytes());
  }

  private record ReportedProgress(StageContext context) implements DatasetPreparation.Progress {
    @Override
    public void examined(int done, int total, int quarantined) {
      context.checkStopping();
      context.progress(done, total, "records", Map.of("quarantined", (double) quarantined));
    }
  }
}
