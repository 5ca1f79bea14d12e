package dev.kedge.gateway.name;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code projects/P}.
 *
 * @param project the id
 */
public record ProjectName(String project) {
  private static final Pattern FORM = Pattern.compile("projects/(" + Ids.ID + ")");

  /** Reads the field {@code parent}. */
  public static ProjectName parse(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches()) {
      throw Ids.malformed("parent", name, "projects/{project}");
    }
    return new ProjectName(matcher.group(1));
  }

  @Override
  public String toString() {
    return "projects/" + project;
  }
}
