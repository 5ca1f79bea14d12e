package dev.kedge.cli;

import dev.kedge.cli.file.MergeFile;
import dev.kedge.cli.merge.LocalMerge;
import dev.kedge.cli.transfer.CheckpointDownload;
import dev.kedge.cli.transfer.Folders;
import dev.kedge.cli.transfer.ProgressBar;
import dev.kedge.tensors.Recipe;
import dev.kedge.v1.ExportCheckpointRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a candidate that is an average, and hence in no file yet: its checkpoints, and the Fisher
 * information that weights them, are fetched into a folder beside the new one, merged as `kedge
 * merge` does, and removed.
 */
record CandidateExport(Gateway gateway, Terminal terminal) {
  /**
   * Writes the folder.
   *
   * @param recipe of stored checkpoints and Fisher diagonals
   * @param folder a new one
   * @throws UserMistakeException if they cannot be merged so, or the folder is in use
   */
  LocalMerge.Result into(Recipe recipe, Path folder) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    Path parents = target.resolveSibling(target.getFileName() + ".parents");
    Folders.delete(parents);
    Files.createDirectories(parents);
    try (ProgressBar bar = new ProgressBar(terminal.err(), terminal.interactive())) {
      MergeFile file = MergeFile.of(recipe, fetched(recipe, parents));
      int threads = Runtime.getRuntime().availableProcessors();
      return new LocalMerge(file, LocalMerge.SHARD_BYTES, threads).into(folder, bar::at);
    } finally {
      Folders.delete(parents);
    }
  }

  private Map<String, Path> fetched(Recipe recipe, Path parents) throws IOException {
    Map<String, Path> paths = new TreeMap<>();
    for (String digest : recipe.parents()) {
      Path parent = parents.resolve("parent-" + paths.size());
      String name = gateway.checkpoint(digest);
      new CheckpointDownload(parent)
          .receive(
              gateway
                  .registry()
                  .exportCheckpoint(ExportCheckpointRequest.newBuilder().setName(name).build()));
      paths.put(digest, parent);
    }
    return paths;
  }
}
