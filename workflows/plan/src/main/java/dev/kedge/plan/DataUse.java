package dev.kedge.plan;

import dev.kedge.stage.v1.OverlapSpec.Purpose;
import java.util.List;
import java.util.Locale;

/**
 * A place in the file that names data.
 *
 * @param reference {@code datasets/NAME}
 * @param path the place
 * @param purpose what the data is for there
 * @param name for people: a test's id, or the place
 * @param templates what is read of a record
 * @param classes whose pictures are tested, sorted; all where empty
 */
record DataUse(
    String reference,
    String path,
    Purpose purpose,
    String name,
    List<String> templates,
    List<String> classes) {
  DataUse {
    templates = List.copyOf(templates);
    classes = List.copyOf(classes);
  }

  /** Data that is not tested. */
  DataUse(String reference, String path, Purpose purpose, List<String> templates) {
    this(reference, path, purpose, path, templates, List.of());
  }

  boolean isTest() {
    return purpose == Purpose.SELECT || purpose == Purpose.REPORT;
  }

  /** The purpose as the file's reader knows it. */
  String words() {
    return isTest() ? purpose.name() : purpose.name().toLowerCase(Locale.ROOT);
  }
}
