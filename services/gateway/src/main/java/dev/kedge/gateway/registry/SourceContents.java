package dev.kedge.gateway.registry;

import dev.kedge.data.DataException;
import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.ImageFolder;
import dev.kedge.data.PictureLayout;
import dev.kedge.data.PictureListing;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.Columns;
import dev.kedge.data.text.TextFormat;
import dev.kedge.data.text.TextPreparation;
import dev.kedge.data.text.TextSummary;
import dev.kedge.gateway.Refusal;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.store.ArtifactView;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.v1.DatasetVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is in a data set's source. Of pictures its table of contents tells, none is decoded here;
 * texts are read through once.
 */
final class SourceContents {
  private static final String CAPTION = "caption";

  /** A record is read and listed as a whole. */
  private static final int NAMED_FOLDERS = 20;

  private SourceContents() {}

  /** Classes or fields, and number of records. */
  static DatasetVersion.Builder of(
      ProjectStore store, Digest artifact, PrepareSpec.Format format, Columns columns) {
    try (ArtifactView view = DiskRoom.laidOut(store, artifact)) {
      return read(view.path(), format, columns)
          .setFormat(format.name())
          .putAllColumns(columns.sources());
    } catch (DataException e) {
      throw Refusal.invalid("DATASET_UNUSABLE", "files", e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the data", e);
    }
  }

  private static DatasetVersion.Builder read(
      Path folder, PrepareSpec.Format format, Columns columns) throws IOException {
    Path scratch = Files.createTempDirectory("kedge-import");
    try (FileTree tree = FileTree.open(folder, scratch)) {
      return switch (format) {
        case RECORDS, TEXT -> texts(tree, TextFormat.valueOf(format.name()), columns);
        default -> pictures(tree, PictureLayout.valueOf(format.name()), columns);
      };
    } finally {
      delete(scratch);
    }
  }

  private static DatasetVersion.Builder pictures(
      FileTree tree, PictureLayout layout, Columns columns) throws IOException {
    PictureListing images = layout.list(tree, columns);
    List<String> empty =
        layout == PictureLayout.IMAGE_FOLDER ? ImageFolder.emptyClasses(tree) : List.of();
    return DatasetVersion.newBuilder()
        .addAllClasses(images.classes())
        .addAllEmptyFolders(empty.subList(0, Math.min(NAMED_FOLDERS, empty.size())))
        .setEmptyFolderCount(empty.size())
        .addAllFields(images.hasCaptions() ? List.of(CAPTION) : List.of())
        .setRecords(images.pictures().size())
        .setShares(new DatasetPreparation(1).shares(images));
  }

  private static DatasetVersion.Builder texts(FileTree tree, TextFormat format, Columns columns)
      throws IOException {
    TextSummary summary = TextSummary.of(tree, format, columns);
    return DatasetVersion.newBuilder()
        .addAllFields(summary.fields())
        .setRecords(summary.records())
        .setShares(new TextPreparation(1).shares(tree, format));
  }

  private static void delete(Path scratch) throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(scratch);
  }
}
