package dev.kedge.plan;

import java.util.List;
import java.util.Optional;

/** What the references of a file stand for at launch. */
public interface Catalog {
  /**
   * A registered data set.
   *
   * @param artifact the imported source's digest
   * @param classes its classes, sorted
   */
  record Dataset(String artifact, List<String> classes) {
    public Dataset {
      classes = List.copyOf(classes);
    }
  }

  /**
   * The model's artifact digest; empty where there is none.
   *
   * @param reference for example {@code models/clip-base@stable}
   */
  Optional<String> model(String reference);

  /**
   * The data set; empty where there is none.
   *
   * @param reference for example {@code datasets/photo-train}
   */
  Optional<Dataset> dataset(String reference);
}
