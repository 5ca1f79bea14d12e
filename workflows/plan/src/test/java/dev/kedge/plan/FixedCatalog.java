package dev.kedge.plan;

import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.v1.ExperimentSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog in memory; an artifact's digest is made of its reference unless told otherwise. */
final class FixedCatalog implements Catalog {
  static final long RECORDS = 100;
  static final long PARAMETERS = 1_000_000;

  private final Map<String, Model> models = new HashMap<>();
  private final Map<String, Dataset> datasets = new HashMap<>();

  /** Everything that a file names, with the classes cat and dog. */
  static FixedCatalog of(ExperimentSpec spec) {
    var catalog = new FixedCatalog();
    for (String reference : Resolution.references(spec)) {
      if (reference.startsWith("models/")) {
        catalog.addModel(reference, "clip");
      } else {
        catalog.add(reference, "sha256:" + reference, List.of("cat", "dog"));
      }
    }
    return catalog;
  }

  void add(String reference, String artifact, List<String> classes) {
    datasets.put(
        reference,
        new Dataset(
            artifact, PrepareSpec.Format.IMAGE_FOLDER, classes, List.of(), Map.of(), 1, RECORDS));
  }

  /** Pictures of cats and dogs that several stages prepare. */
  void addInShares(String reference, int shares) {
    datasets.put(
        reference,
        new Dataset(
            "sha256:" + reference,
            PrepareSpec.Format.IMAGE_FOLDER,
            List.of("cat", "dog"),
            List.of(),
            Map.of(),
            shares,
            RECORDS));
  }

  /** Pictures with captions of their own. */
  void addCaptioned(String reference) {
    datasets.put(
        reference,
        new Dataset(
            "sha256:" + reference,
            PrepareSpec.Format.IMAGE_CAPTIONS,
            List.of("picture"),
            List.of("caption"),
            Map.of(),
            1,
            RECORDS));
  }

  void addTexts(String reference, PrepareSpec.Format format, String... fields) {
    datasets.put(
        reference,
        new Dataset(
            "sha256:" + reference, format, List.of(), List.of(fields), Map.of(), 1, RECORDS));
  }

  void addModel(String reference, String family) {
    models.put(reference, new Model("sha256:" + reference, family, PARAMETERS));
  }

  void remove(String reference) {
    models.remove(reference);
    datasets.remove(reference);
  }

  Resolution resolution() {
    Map<String, String> digests = new HashMap<>();
    Map<String, String> formats = new HashMap<>();
    models.forEach((reference, model) -> digests.put(reference, model.artifact()));
    datasets.forEach((reference, dataset) -> digests.put(reference, dataset.artifact()));
    models.forEach((reference, model) -> formats.put(reference, model.family()));
    datasets.forEach((reference, dataset) -> formats.put(reference, dataset.format().name()));
    return new Resolution(digests, formats);
  }

  @Override
  public Optional<Model> model(String reference) {
    return Optional.ofNullable(models.get(reference));
  }

  @Override
  public Optional<Dataset> dataset(String reference) {
    return Optional.ofNullable(datasets.get(reference));
  }
}
