package dev.kedge.dataprep;

import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The shares that a spec puts together. */
final class MergedShares {
  private MergedShares() {}

  /**
   * Their folders, in order. Each is fetched, which is told as a step of work whose end is open.
   *
   * @throws StageException blaming the user if they are not all shares of one source, each once
   */
  static List<Path> folders(PrepareSpec spec, StageContext context) throws IOException {
    SortedMap<Integer, Path> folders = new TreeMap<>();
    try {
      ShareLabel first = ShareLabel.read(context.input(spec.getMerge(0)));
      for (Input share : spec.getMergeList()) {
        context.checkStopping();
        context.progress(folders.size(), 0, MergeSteps.UNIT, Map.of());
        Path folder = context.input(share);
        ShareLabel label = ShareLabel.read(folder);
        requireOneSource(spec, first, label);
        folders.put(label.index(), folder);
      }
      requireWhole(spec, first.count(), List.copyOf(folders.keySet()));
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_MERGE", e.getMessage(), e);
    }
    return List.copyOf(folders.values());
  }

  private static void requireOneSource(PrepareSpec spec, ShareLabel first, ShareLabel label) {
    if (!label.whole().equals(first.whole()) || !label.format().equals(spec.getFormat().name())) {
      throw new IllegalArgumentException(
          "the shares of `merge` are not of one source read as %s: they must agree in all of their"
                  .formatted(spec.getFormat())
              + " specs but `index`");
    }
  }

  private static void requireWhole(PrepareSpec spec, int count, List<Integer> given) {
    if (spec.getMergeCount() != count
        || !given.equals(IntStream.range(0, count).boxed().toList())) {
      throw new IllegalArgumentException(
          "`merge` has %d artifacts, of the shares %s: give each of the %d, from 0, once"
              .formatted(spec.getMergeCount(), given, count));
    }
  }
}
