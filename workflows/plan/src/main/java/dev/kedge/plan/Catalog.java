package dev.kedge.plan;

import dev.kedge.stage.v1.PrepareSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the references of a file stand for at launch. */
public interface Catalog {
  /**
   * A registered model.
   *
   * @param artifact its digest
   * @param family {@code clip}, or a language model's {@code model_type}
   * @param parameters how many weights it has
   */
  record Model(String artifact, String family, long parameters) {
    private static final String CLIP = "clip";

    boolean isClip() {
      return family.equals(CLIP);
    }
  }

  /**
   * A registered data set.
   *
   * @param artifact the imported source's digest
   * @param format how it is laid out
   * @param classes its classes, sorted; of pictures
   * @param fields what every record has, sorted; of pictures {@code caption} where they have
   *     captions of their own
   * @param columns the columns that were named at import, wanted name to the source's
   * @param shares in how many shares it is prepared
   * @param records how many samples its source has
   */
  record Dataset(
      String artifact,
      PrepareSpec.Format format,
      List<String> classes,
      List<String> fields,
      Map<String, String> columns,
      int shares,
      long records) {
    public Dataset {
      classes = List.copyOf(classes);
      fields = List.copyOf(fields);
      columns = Map.copyOf(columns);
    }

    boolean isPictures() {
      return switch (format) {
        case IMAGE_FOLDER, WEBDATASET, IMAGE_TABLE, IMAGE_CAPTIONS -> true;
        case RECORDS, TEXT, FORMAT_UNSPECIFIED, UNRECOGNIZED -> false;
      };
    }
  }

  /**
   * The model; empty where there is none.
   *
   * @param reference for example {@code models/clip-base@stable}
   */
  Optional<Model> model(String reference);

  /**
   * The data set; empty where there is none.
   *
   * @param reference for example {@code datasets/photo-train}
   */
  Optional<Dataset> dataset(String reference);
}
