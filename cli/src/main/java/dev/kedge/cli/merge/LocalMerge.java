package dev.kedge.cli.merge;

import dev.kedge.cli.UserMistakeException;
import dev.kedge.cli.file.MergeFile;
import dev.kedge.tensors.CheckpointWriter;
import dev.kedge.tensors.Materialisation;
import dev.kedge.tensors.TensorSpec;
import dev.kedge.tensors.UnusableTensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges local models into a new one.
 *
 * @param file what is merged, and how
 * @param shardBytes what one weight file's tensors may take
 * @param threads that compute
 */
public record LocalMerge(MergeFile file, long shardBytes, int threads) {
  /**
   * What was made.
   *
   * @param recipe the digest of what the recipe comes to
   * @param tensors number of tensors
   * @param bytes what they take
   * @param files the weight files
   * @param notes what whoever merges should know, for people
   */
  public record Result(
      String recipe, int tensors, long bytes, List<String> files, List<String> notes) {}

  /**
   * Checks everything that can be checked, and then writes the folder.
   *
   * @param folder a new folder; nothing is under that name until all is complete
   * @throws UserMistakeException if the models cannot be merged so
   */
  public Result into(Path folder, Materialisation.Progress progress) throws IOException {
    try (Parents parents = Parents.open(file)) {
      Companions companions = new Companions(file.paths().get(file.filesFrom()));
      for (String model : parents.models().keySet()) {
        companions.requireSameMeaning(file.paths().get(model));
      }
      Materialisation work =
          Materialisation.of(List.of(file.recipe()), parents.sources(), file.dtype().orElse(null));
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
    long bytes = work.specs().values().stream().mapToLong(TensorSpec::bytes).sum();
    List<String> files = new ArrayList<>();
    folder.make(
        bytes,
        into -> {
          companions.copy(into, file.dtype());
          Files.writeString(into.resolve(MergedFolder.RECIPE), file.recipe().toJson() + "\n");
          try (CheckpointWriter weights =
              CheckpointWriter.create(into, work.specs().values(), parents::inHead, shardBytes)) {
            work.write(List.of(weights), threads, progress);
            weights.finish();
            files.addAll(weights.files());
          }
        });
    return new Result(
        file.recipe().mixture().digest(),
        work.specs().size(),
        bytes,
        List.copyOf(files),
        notes(parents, companions));
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
