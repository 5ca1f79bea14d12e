package dev.kedge.models.text;

import java.util.List;

/**
 * Templates with one gap each, such as {@code a photo of a {}.}, that turn a class name into
 * sentences.
 */
public record Prompts(List<String> templates) {
  private static final String GAP = "{}";

  /**
   * Checks every template.
   *
   * @throws IllegalArgumentException if there is no template, or one has not exactly one gap
   */
  public Prompts {
    templates = List.copyOf(templates);
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("no template: give at least one, e.g. 'a photo of a {}.'");
    }
    templates.forEach(Prompts::check);
  }

  /** One sentence per template, in the order of the templates. */
  public List<String> of(String className) {
    return templates.stream().map(template -> template.replace(GAP, className)).toList();
  }

  /** All sentences, class by class: class 0 template 0, class 0 template 1, and so on. */
  public List<String> classMajor(List<String> classNames) {
    return classNames.stream().flatMap(name -> of(name).stream()).toList();
  }

  private static void check(String template) {
    int first = template.indexOf(GAP);
    if (first < 0 || template.indexOf(GAP, first + GAP.length()) >= 0) {
      throw new IllegalArgumentException(
          "template '" + template + "' needs exactly one {} where the class name goes");
    }
  }
}
