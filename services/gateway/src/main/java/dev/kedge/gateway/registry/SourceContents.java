package dev.kedge.gateway.registry;

import dev.kedge.data.DataException;
import dev.kedge.data.ImageFolder;
import dev.kedge.data.source.FileTree;
import dev.kedge.gateway.Refusal;
import dev.kedge.store.ArtifactView;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.v1.DatasetVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is in a data set's source, as its table of contents tells: no picture is decoded here. */
final class SourceContents {
  private SourceContents() {}

  /** Classes and number of records. */
  static DatasetVersion.Builder of(ProjectStore store, Digest artifact) {
    try (ArtifactView view = store.artifacts().materialise(artifact)) {
      return read(view.path());
    } catch (DataException e) {
      throw Refusal.invalid("DATASET_UNUSABLE", "files", e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the data", e);
    }
  }

  private static DatasetVersion.Builder read(Path folder) throws IOException {
    Path scratch = Files.createTempDirectory("kedge-import");
    try (FileTree tree = FileTree.open(folder, scratch)) {
      ImageFolder images = ImageFolder.of(tree);
      return DatasetVersion.newBuilder()
          .addAllClasses(images.classes())
          .setRecords(images.pictures().size());
    } finally {
      delete(scratch);
    }
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
