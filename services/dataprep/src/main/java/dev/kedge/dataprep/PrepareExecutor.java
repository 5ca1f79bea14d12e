package dev.kedge.dataprep;

import dev.kedge.data.DataException;
import dev.kedge.data.Examined;
import dev.kedge.data.HeapTooSmallException;
import dev.kedge.data.HostileArchiveException;
import dev.kedge.data.Share;
import dev.kedge.data.source.FileTree;
import dev.kedge.stage.Blame;
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
import java.util.Optional;

/**
 * PREPARE: imported data, or an archive of it, becomes validated shards; a big one share by share.
 */
@Singleton
public class PrepareExecutor implements StageExecutor {
  private static final String DATASET = "dataset";
  private static final String SHARE = "dataset-share";

  @Override
  public StageKind kind() {
    return StageKind.PREPARE;
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    PrepareSpec prepare = spec.getPrepare();
    Preparation preparation = preparation(prepare);
    try {
      return prepare.getMergeCount() > 0
          ? merge(prepare, preparation, context)
          : read(prepare, preparation, context);
    } catch (HostileArchiveException e) {
      throw StageException.user("HOSTILE_ARCHIVE", e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATA", e.getMessage(), e);
    } catch (HeapTooSmallException e) {
      // Another try in the same heap would end alike.
      throw new StageException(Blame.RESOURCES, "HEAP_TOO_SMALL", false, e.getMessage(), e);
    }
  }

  private static StageOutput merge(PrepareSpec spec, Preparation how, StageContext context)
      throws IOException {
    Path target = target(context);
    return StageOutput.folder(
        DATASET, target, how.merge(MergedShares.folders(spec, context), target, context));
  }

  private static StageOutput read(PrepareSpec spec, Preparation how, StageContext context)
      throws IOException {
    Optional<Share> share = share(spec);
    Path target = target(context);
    Path source = context.input(spec.getSource());
    Path unpacked = Files.createDirectories(context.scratch().resolve("unpacked"));
    try (FileTree tree = FileTree.open(source, unpacked)) {
      if (share.isEmpty()) {
        return StageOutput.folder(DATASET, target, how.prepare(tree, target, context));
      }
      Examined examined = how.prepareShare(tree, share.get(), target, context);
      ShareLabel.of(spec).write(target);
      return StageOutput.folder(
          SHARE,
          target,
          Map.of(
              "records", (double) examined.records(), "quarantined", (double) examined.leftOut()));
    }
  }

  private static Path target(StageContext context) throws IOException {
    return Files.createDirectories(context.scratch().resolve(DATASET));
  }

  private static Optional<Share> share(PrepareSpec spec) {
    try {
      return spec.hasShare()
          ? Optional.of(new Share(spec.getShare().getIndex(), spec.getShare().getCount()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw StageException.user("INVALID_SPEC", e.getMessage(), e);
    }
  }

  private static Preparation preparation(PrepareSpec spec) {
    try {
      return switch (spec.getFormat()) {
        case IMAGE_FOLDER, WEBDATASET, IMAGE_TABLE, IMAGE_CAPTIONS -> new PicturePreparation(spec);
        case RECORDS, TEXT -> new RecordPreparation(spec);
        case FORMAT_UNSPECIFIED, UNRECOGNIZED ->
            throw StageException.user(
                "UNKNOWN_FORMAT",
                "format %s cannot be prepared; known are IMAGE_FOLDER, WEBDATASET, IMAGE_TABLE, IMAGE_CAPTIONS,"
                        .formatted(spec.getFormat())
                    + " RECORDS and TEXT");
      };
    } catch (IllegalArgumentException e) {
      throw StageException.user("INVALID_SPEC", e.getMessage(), e);
    }
  }
}
