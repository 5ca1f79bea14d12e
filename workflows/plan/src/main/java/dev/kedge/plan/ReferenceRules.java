package dev.kedge.plan;

import dev.kedge.plan.Catalog.Dataset;
import dev.kedge.plan.Catalog.Model;
import java.util.Optional;

/** Every name must have the right form and stand for something. */
final class ReferenceRules {
  private static final String MODELS = "models";

  private final Catalog catalog;
  private final Problems problems;

  ReferenceRules(Catalog catalog, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
  }

  Optional<Dataset> dataset(String reference, String path) {
    if (!hasForm("datasets", reference, path)) {
      return Optional.empty();
    }
    Optional<Dataset> found = catalog.dataset(reference);
    requirePresent(found, "data set", "dataset", reference, path);
    return found;
  }

  /** A data set of pictures. */
  Optional<Dataset> pictures(String reference, String path) {
    Optional<Dataset> found = dataset(reference, path);
    found.ifPresent(
        data ->
            problems.require(
                data.isPictures(),
                path,
                "%s holds %s, but pictures are needed".formatted(reference, data.format())));
    return found.filter(Dataset::isPictures);
  }

  /** A data set of records or texts. */
  Optional<Dataset> texts(String reference, String path) {
    Optional<Dataset> found = dataset(reference, path);
    found.ifPresent(
        data ->
            problems.require(
                !data.isPictures(),
                path,
                "%s holds pictures, but RECORDS or TEXT are needed".formatted(reference)));
    return found.filter(data -> !data.isPictures());
  }

  /** Whether a reference stands for records or texts, without noting a problem. */
  boolean isTexts(String reference) {
    return Naming.isReference("datasets", reference)
        && catalog.dataset(reference).filter(data -> !data.isPictures()).isPresent();
  }

  /** Looks a data set up without noting a problem. */
  Optional<Dataset> known(String reference) {
    return catalog.dataset(reference);
  }

  Optional<Model> model(String reference, String path) {
    if (!hasForm(MODELS, reference, path)) {
      return Optional.empty();
    }
    Optional<Model> found = catalog.model(reference);
    requirePresent(found, "model", "model", reference, path);
    return found;
  }

  private boolean hasForm(String collection, String reference, String path) {
    boolean right = Naming.isReference(collection, reference);
    String mistake =
        reference.isEmpty() ? "missing" : "`%s` is not a reference".formatted(reference);
    problems.require(right, path, "%s: write %s".formatted(mistake, forms(collection)));
    return right;
  }

  private static String forms(String collection) {
    String alias = collection.equals(MODELS) ? ", models/NAME@ALIAS" : "";
    return "%1$s/NAME%2$s or %1$s/NAME/versions/V".formatted(collection, alias);
  }

  private void requirePresent(
      Optional<?> found, String what, String command, String reference, String path) {
    problems.require(
        found.isPresent(),
        path,
        "there is no %s %s: import it with `kedge %s import`".formatted(what, reference, command));
  }
}
