package dev.kedge.plan;

import dev.kedge.data.text.TextTemplate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Templates must have the right form and need only what the records have.
 *
 * @param data the records; empty where they are not known
 */
record TemplateRules(Optional<Catalog.Dataset> data, Problems problems) {
  /** A template that stands for one text. */
  void one(String template, String path) {
    parsed(template, path).ifPresent(found -> requireOne(found, template, path));
  }

  /** A prompt, in which a choice may stand. */
  void prompt(String template, boolean choosing, String path) {
    parsed(template, path)
        .ifPresent(
            found -> {
              problems.require(
                  choosing || !found.takesChoice(),
                  path,
                  "`{*}` stands for a choice, and there are none: leave it out, or give choices");
              requireOne(found, template, path);
            });
  }

  private void requireOne(TextTemplate found, String template, String path) {
    problems.require(
        !found.isEach(),
        path,
        "`%s` stands for several texts; {list[*]} is for choices".formatted(template));
  }

  /** Templates that may each stand for several texts. */
  void several(List<String> templates, String path) {
    problems.requireDistinct(templates, path);
    for (int i = 0; i < templates.size(); i++) {
      parsed(templates.get(i), Problems.at(path, i));
    }
  }

  private Optional<TextTemplate> parsed(String template, String path) {
    try {
      TextTemplate found = TextTemplate.parse(template);
      data.ifPresent(records -> requireFields(found, records, path));
      return Optional.of(found);
    } catch (IllegalArgumentException e) {
      problems.add(path, e.getMessage());
      return Optional.empty();
    }
  }

  private void requireFields(TextTemplate template, Catalog.Dataset records, String path) {
    Set<String> missing = new TreeSet<>(template.fields());
    missing.removeAll(records.fields());
    problems.require(
        missing.isEmpty(),
        path,
        "not every record has %s; every one has %s".formatted(missing, records.fields()));
  }
}
