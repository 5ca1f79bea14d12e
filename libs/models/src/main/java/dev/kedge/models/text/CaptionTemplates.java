package dev.kedge.models.text;

import java.util.List;
import java.util.stream.Stream;

/**
 * Templates of captions, each with one gap: <code>{}</code> for the name of a picture's class, or
 * {@code {caption}} for each of the picture's own captions.
 */
public record CaptionTemplates(List<String> templates) {
  private static final String CLASS = "{}";
  private static final String OWN = "{caption}";

  /**
   * Checks every template.
   *
   * @throws IllegalArgumentException if there is no template, or one has not exactly one gap
   */
  public CaptionTemplates {
    templates = List.copyOf(templates);
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("no caption: give at least one, e.g. 'a photo of a {}.'");
    }
    templates.forEach(CaptionTemplates::check);
  }

  private static void check(String template) {
    int gaps = count(template, CLASS) + count(template, OWN);
    if (gaps != 1) {
      throw new IllegalArgumentException(
          "caption '%s' has %d gaps: give it {} once for the class name, or {caption} once for what"
                  .formatted(template, gaps)
              + " the data says of the picture");
    }
  }

  private static int count(String template, String gap) {
    return (template.length() - template.replace(gap, "").length()) / gap.length();
  }

  /** Whether a picture's own captions are asked for. */
  public boolean needOwn() {
    return templates.stream().anyMatch(template -> template.contains(OWN));
  }

  /**
   * What may be said of a picture, in the order of the templates.
   *
   * @param own its own captions; not empty where {@link #needOwn}
   */
  public List<String> of(String className, List<String> own) {
    return templates.stream().flatMap(template -> of(template, className, own)).toList();
  }

  /** How many texts {@link #of} makes of so many own captions. */
  public int count(int own) {
    return templates.stream().mapToInt(template -> template.contains(OWN) ? own : 1).sum();
  }

  private static Stream<String> of(String template, String className, List<String> own) {
    return template.contains(OWN)
        ? own.stream().map(caption -> template.replace(OWN, caption))
        : Stream.of(template.replace(CLASS, className));
  }
}
