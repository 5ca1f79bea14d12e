package dev.kedge.plan;

import dev.kedge.v1.ExperimentSpec;
import java.util.Map;
import java.util.TreeSet;

/**
 * The digests that the names of a file stood for at launch. A later change of a name changes
 * nothing.
 *
 * @param digests reference to artifact digest, as in {@code Experiment.resolved}
 */
public record Resolution(Map<String, String> digests) {
  public Resolution {
    digests = Map.copyOf(digests);
  }

  /** Everything that a file names: its base and its data sets. */
  public static TreeSet<String> references(ExperimentSpec spec) {
    var names = new TreeSet<>(Datasets.references(spec));
    if (spec.hasBase()) {
      names.add(spec.getBase());
    }
    return names;
  }

  String digest(String reference) {
    String digest = digests.get(reference);
    if (digest == null) {
      throw new IllegalArgumentException(
          "%s was not resolved: resolved are %s"
              .formatted(reference, new TreeSet<>(digests.keySet())));
    }
    return digest;
  }
}
