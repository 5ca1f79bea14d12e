package dev.kedge.cli.view;

import dev.kedge.v1.SystemCheck;
import java.util.List;
import java.util.Locale;

/** What a platform stands on, a line for each thing, and under those in trouble what to do. */
public final class CheckTable {
  private static final String UNDER = "\n            ";

  private CheckTable() {}

  /** All lines. */
  public static String of(List<SystemCheck> checks) {
    var text = new StringBuilder();
    for (SystemCheck check : checks) {
      text.append("%-8s  %s: %s".formatted(word(check), check.getSubject(), check.getFound()));
      if (!check.getRemedy().isEmpty()) {
        text.append(UNDER).append(check.getRemedy());
      }
      text.append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static String word(SystemCheck check) {
    return check.getOutcome().name().toLowerCase(Locale.ROOT);
  }
}
