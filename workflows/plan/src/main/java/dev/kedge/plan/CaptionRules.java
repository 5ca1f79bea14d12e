package dev.kedge.plan;

import java.util.List;
import java.util.Optional;

/**
 * A caption has one gap: for the class name, or for what the data says of the picture.
 *
 * @param data the pictures; empty where they are not known
 */
record CaptionRules(Optional<Catalog.Dataset> data, Problems problems) {
  private static final String CLASS = "{}";
  private static final String OWN = "{caption}";
  private static final String FIELD = "caption";

  void check(List<String> captions, String path) {
    problems.requireDistinct(captions, path);
    for (int i = 0; i < captions.size(); i++) {
      check(captions.get(i), Problems.at(path, i));
    }
  }

  private void check(String caption, String path) {
    boolean isOwn = caption.contains(OWN);
    problems.require(
        isOwn != caption.contains(CLASS) && isSingle(caption, isOwn ? OWN : CLASS),
        path,
        "`%s` must have {} once, for the class name, or {caption} once, for what the data says"
            .formatted(caption));
    problems.require(
        !isOwn || data.map(pictures -> pictures.fields().contains(FIELD)).orElse(true),
        path,
        "`%s` needs pictures with captions: import them with --format image_captions"
            .formatted(caption));
  }

  private static boolean isSingle(String caption, String gap) {
    return caption.indexOf(gap) == caption.lastIndexOf(gap);
  }
}
