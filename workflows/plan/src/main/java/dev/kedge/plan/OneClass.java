package dev.kedge.plan;

/**
 * Pictures of one class teach and test nothing: among one every choice is right.
 *
 * @param reference as the file names the data set
 */
record OneClass(String reference, Catalog.Dataset data) {
  /** Refuses data of fewer than two classes. */
  void check(String path, Problems problems) {
    problems.require(
        data.classes().size() >= 2,
        path,
        "%s has the classes %s, and among fewer than two every choice is right: %s"
            .formatted(reference, data.classes(), remedy()));
  }

  private String remedy() {
    return switch (data.format()) {
      case IMAGE_FOLDER ->
          "put the pictures of each class into a folder named by it, or, where a list or table beside"
              + " them names their classes, import them with `--format image_table`";
      case IMAGE_TABLE -> "give the pictures their classes in the table's column `class`";
      case WEBDATASET -> "give the pictures their classes in KEY.cls, or as `class` in KEY.json";
      default ->
          "captions are no classes; name them in a column `class` of the table, or name data whose"
              + " pictures have them";
    };
  }
}
