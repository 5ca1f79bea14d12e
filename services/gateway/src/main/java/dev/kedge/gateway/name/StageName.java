package dev.kedge.gateway.name;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code projects/P/experiments/E/stages/S}.
 *
 * @param experiment the experiment
 * @param stage the stage's id in its plan
 */
public record StageName(ExperimentName experiment, String stage) {
  private static final Pattern FORM =
      Pattern.compile(ExperimentName.FORM + "/stages/([a-z0-9][a-z0-9.-]{0,199})");

  /** Reads the field {@code name}. */
  public static StageName parse(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches()) {
      throw Ids.malformed(
          "name", name, "projects/{project}/experiments/{experiment}/stages/{stage}");
    }
    return new StageName(new ExperimentName(matcher.group(1), matcher.group(2)), matcher.group(3));
  }
}
