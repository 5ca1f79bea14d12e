package dev.kedge.plan;

import dev.kedge.v1.ExperimentSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog in memory; an artifact's digest is made of its reference unless told otherwise. */
final class FixedCatalog implements Catalog {
  private final Map<String, String> models = new HashMap<>();
  private final Map<String, Dataset> datasets = new HashMap<>();

  /** Everything that a file names, with the classes cat and dog. */
  static FixedCatalog of(ExperimentSpec spec) {
    var catalog = new FixedCatalog();
    for (String reference : Resolution.references(spec)) {
      if (reference.startsWith("models/")) {
        catalog.models.put(reference, "sha256:" + reference);
      } else {
        catalog.add(reference, "sha256:" + reference, List.of("cat", "dog"));
      }
    }
    return catalog;
  }

  void add(String reference, String artifact, List<String> classes) {
    datasets.put(reference, new Dataset(artifact, classes));
  }

  void remove(String reference) {
    models.remove(reference);
    datasets.remove(reference);
  }

  Resolution resolution() {
    Map<String, String> digests = new HashMap<>(models);
    datasets.forEach((reference, dataset) -> digests.put(reference, dataset.artifact()));
    return new Resolution(digests);
  }

  @Override
  public Optional<String> model(String reference) {
    return Optional.ofNullable(models.get(reference));
  }

  @Override
  public Optional<Dataset> dataset(String reference) {
    return Optional.ofNullable(datasets.get(reference));
  }
}
