package dev.kedge.cli.merge;

import dev.kedge.cli.UserMistakeException;
import dev.kedge.cli.file.MergeFile;
import dev.kedge.tensors.Materialisation;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.TensorSpec;
import dev.kedge.tensors.UnusableTensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Merges local models into new ones, all of them in one reading.
 *
 * @param file what is merged, and how
 * @param shardBytes what one weight file's tensors may take
 * @param threads that work
 */
public record LocalMerge(MergeFile file, long shardBytes, int threads) {
  /** The usual size of a weight file, which is Hugging Face's. */
  public static final long SHARD_BYTES = 5_000_000_000L;

  /**
   * What was made.
   *
   * @param recipes the digest of what each recipe comes to, by the name of its folder
   * @param tensors number of tensors of each result
   * @param bytes what all of them take
   * @param files the weight files, by their paths in the new folder
   * @param notes what whoever merges should know, for people
   */
  public record Result(
      SortedMap<String, String> recipes,
      int tensors,
      long bytes,
      List<String> files,
      List<String> notes) {}

  /**
   * Checks everything that can be checked, and then writes the folder.
   *
   * @param folder a new folder; nothing is under that name until all is complete
   * @throws UserMistakeException if the models cannot be merged so
   */
  public Result into(Path folder, Materialisation.Progress progress) throws IOException {
    try (Parents parents = Parents.open(file)) {
      Companions companions = new Companions(file.paths().get(file.filesFrom()));
      companions.requireOwnFiles();
      for (String model : parents.models().keySet()) {
        companions.requireSameMeaning(file.paths().get(model));
      }
      Materialisation work =
          Materialisation.of(
              List.copyOf(file.recipes().values()), parents.sources(), file.dtype().orElse(null));
      return write(parents, companions, work, new MergedFolder(folder), progress);
    } catch (UnusableTensorsException | IllegalArgumentException e) {
      throw new UserMistakeException(e.getMessage());
    }
  }

  private Result write(
      Parents parents,
      Companions companions,
      Materialisation work,
      MergedFolder folder,
      Materialisation.Progress progress)
      throws IOException {
    long each = work.specs().values().stream().mapToLong(TensorSpec::bytes).sum();
    long bytes = each * file.recipes().size();
    List<String> files = new ArrayList<>();
    folder.make(
        bytes + companions.bytes() * file.recipes().size(),
        into -> {
          try (MergedModels models = new MergedModels(into)) {
            for (Map.Entry<String, Recipe> recipe : file.recipes().entrySet()) {
              Path model = models.start(recipe.getKey(), work, parents::inHead, shardBytes);
              companions.copy(model, file.dtype());
              Files.writeString(
                  model.resolve(MergedFolder.RECIPE), recipe.getValue().toJson() + "\n");
            }
            work.write(models.weights(), threads, progress);
            files.addAll(models.finish());
          }
        });
    return new Result(
        digests(), work.specs().size(), bytes, List.copyOf(files), notes(parents, companions));
  }

  private SortedMap<String, String> digests() {
    SortedMap<String, String> digests = new TreeMap<>();
    file.recipes().forEach((name, recipe) -> digests.put(name, recipe.mixture().digest()));
    return digests;
  }

  private List<String> notes(Parents parents, Companions companions) throws IOException {
    List<String> notes = new ArrayList<>();
    for (String model : parents.models().keySet()) {
      List<String> differences = companions.differences(file.paths().get(model));
      if (!differences.isEmpty()) {
        notes.add(
            "config.json of %s differs from that of %s, which the result has, in %s"
                .formatted(model, file.filesFrom(), String.join(", ", differences)));
      }
    }
    return notes;
  }
}
