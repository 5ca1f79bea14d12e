package dev.kedge.cli.view;

import java.util.List;

/** What a list lacks because its records cannot be read. */
public final class Unreachable {
  private Unreachable() {}

  /**
   * A list with a last line about what it lacks, if it lacks anything.
   *
   * @param names full names
   */
  public static String after(String list, List<String> names) {
    return names.isEmpty()
        ? list
        : "%s%n%nnot shown, since the gateway cannot read their records (broken, or written by a newer Kedge: upgrade it):%n  %s"
            .formatted(list, String.join(System.lineSeparator() + "  ", names));
  }
}
