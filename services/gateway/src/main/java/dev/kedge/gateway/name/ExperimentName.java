package dev.kedge.gateway.name;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code projects/P/experiments/E}.
 *
 * @param project the project's id
 * @param id the experiment's own
 */
public record ExperimentName(String project, String id) {
  static final String FORM = "projects/(" + Ids.ID + ")/experiments/([a-z0-9-]{1,63})";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  /** Reads the field {@code name}. */
  public static ExperimentName parse(String name) {
    Matcher matcher = PATTERN.matcher(name);
    if (!matcher.matches()) {
      throw Ids.malformed("name", name, "projects/{project}/experiments/{experiment}");
    }
    return new ExperimentName(matcher.group(1), matcher.group(2));
  }

  @Override
  public String toString() {
    return "projects/%s/experiments/%s".formatted(project, id);
  }
}
