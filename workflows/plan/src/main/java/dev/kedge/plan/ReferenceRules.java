package dev.kedge.plan;

import dev.kedge.plan.Catalog.Dataset;
import java.util.Optional;

/** Every name must have the right form and stand for something. */
final class ReferenceRules {
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

  /** Looks a data set up without noting a problem. */
  Optional<Dataset> known(String reference) {
    return catalog.dataset(reference);
  }

  void model(String reference, String path) {
    if (hasForm("models", reference, path)) {
      requirePresent(catalog.model(reference), "model", "model", reference, path);
    }
  }

  private boolean hasForm(String collection, String reference, String path) {
    boolean right = Naming.isReference(collection, reference);
    problems.require(
        right,
        path,
        "`%s` is not a reference: write %s/NAME, %s/NAME@ALIAS or %s/NAME/versions/V"
            .formatted(reference, collection, collection, collection));
    return right;
  }

  private void requirePresent(
      Optional<?> found, String what, String command, String reference, String path) {
    problems.require(
        found.isPresent(),
        path,
        "there is no %s %s: import it with `kedge %s import`".formatted(what, reference, command));
  }
}
