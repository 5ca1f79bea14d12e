package dev.kedge.plan;

import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the names of a file stood for at launch. A later change of a name changes nothing.
 *
 * @param digests reference to artifact digest, as in {@code Experiment.resolved}
 * @param formats reference to format, as in {@code Experiment.formats}: a data set's, pictures
 *     where not named, or the base's family
 */
public record Resolution(Map<String, String> digests, Map<String, String> formats) {
  public Resolution {
    digests = Map.copyOf(digests);
    formats = Map.copyOf(formats);
  }

  /** As an experiment's record keeps it. */
  public static Resolution of(Experiment experiment) {
    return new Resolution(experiment.getResolvedMap(), experiment.getFormatsMap());
  }

  /** Everything that a file names: its base and its data sets. */
  public static TreeSet<String> references(ExperimentSpec spec) {
    var names = new TreeSet<>(Datasets.references(spec));
    if (spec.hasBase()) {
      names.add(spec.getBase());
    }
    return names;
  }

  PrepareSpec.Format format(String reference) {
    return PrepareSpec.Format.valueOf(
        formats.getOrDefault(reference, PrepareSpec.Format.IMAGE_FOLDER.name()));
  }

  /** A model's family; empty where it was not kept. */
  String family(String reference) {
    return formats.getOrDefault(reference, "");
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
