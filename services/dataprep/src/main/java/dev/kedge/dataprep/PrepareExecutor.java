package dev.kedge.dataprep;

import dev.kedge.data.DataException;
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

/** PREPARE: imported data, or an archive of it, becomes validated shards. */
@Singleton
public class PrepareExecutor implements StageExecutor {

  @Override
  public StageKind kind() {
    return StageKind.PREPARE;
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    PrepareSpec prepare = spec.getPrepare();
    Preparation preparation = preparation(prepare);
    Path source = context.input(prepare.getSource());
    Path unpacked = Files.createDirectories(context.scratch().resolve("unpacked"));
    Path target = context.scratch().resolve("dataset");
    try (FileTree tree = FileTree.open(source, unpacked)) {
      return StageOutput.folder("dataset", target, preparation.prepare(tree, target, context));
    } catch (HostileArchiveException e) {
      throw StageException.user("HOSTILE_ARCHIVE", e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATA", e.getMessage(), e);
    }
  }

  private static Preparation preparation(PrepareSpec spec) {
    try {
      return switch (spec.getFormat()) {
        case IMAGE_FOLDER, WEBDATASET, IMAGE_TABLE -> new PicturePreparation(spec);
        case RECORDS, TEXT -> new RecordPreparation(spec);
        case FORMAT_UNSPECIFIED, UNRECOGNIZED ->
            throw StageException.user(
                "UNKNOWN_FORMAT",
                "format %s cannot be prepared; known are IMAGE_FOLDER, WEBDATASET, IMAGE_TABLE, RECORDS and TEXT"
                    .formatted(spec.getFormat()));
      };
    } catch (IllegalArgumentException e) {
      throw StageException.user("INVALID_SPEC", e.getMessage(), e);
    }
  }
}
