package dev.kedge.plan;

import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.v1.ColumnNames;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the names of a file stood for at launch. A later change of a name changes nothing.
 *
 * @param digests reference to artifact digest, as in {@code Experiment.resolved}
 * @param formats reference to format, as in {@code Experiment.formats}: a data set's, pictures
 *     where not named, or the base's family
 * @param columns reference to the columns that were named at its import, wanted name to source's
 * @param shares reference to the number of shares that it is prepared in, where that are several
 */
public record Resolution(
    Map<String, String> digests,
    Map<String, String> formats,
    Map<String, Map<String, String>> columns,
    Map<String, Integer> shares) {
  public Resolution {
    digests = Map.copyOf(digests);
    formats = Map.copyOf(formats);
    columns = Map.copyOf(columns);
    shares = Map.copyOf(shares);
  }

  /** Where no columns were named, and all is prepared in one stage. */
  public Resolution(Map<String, String> digests, Map<String, String> formats) {
    this(digests, formats, Map.of(), Map.of());
  }

  /** As an experiment's record keeps it. */
  public static Resolution of(Experiment experiment) {
    return new Resolution(
        experiment.getResolvedMap(),
        experiment.getFormatsMap(),
        columns(experiment.getColumnsMap()),
        experiment.getSharesMap());
  }

  private static Map<String, Map<String, String>> columns(Map<String, ColumnNames> recorded) {
    return recorded.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> one.getValue().getSourcesMap()));
  }

  /** Everything that a file names: its base and its data sets. */
  public static TreeSet<String> references(ExperimentSpec spec) {
    var names = new TreeSet<>(Datasets.references(spec));
    if (spec.hasBase()) {
      names.add(spec.getBase());
    }
    return names;
  }

  /** What other names than these stood for. */
  public Resolution without(Set<String> names) {
    var kept = new HashMap<>(digests);
    kept.keySet().removeAll(names);
    return new Resolution(kept, formats, columns, shares);
  }

  /** How a data set was laid out. */
  public PrepareSpec.Format format(String reference) {
    return PrepareSpec.Format.valueOf(
        formats.getOrDefault(reference, PrepareSpec.Format.IMAGE_FOLDER.name()));
  }

  /** The columns of a data set that were named at its import. */
  public Map<String, String> columns(String reference) {
    return columns.getOrDefault(reference, Map.of());
  }

  /** In how many shares a data set is prepared. */
  int shares(String reference) {
    return shares.getOrDefault(reference, 1);
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
