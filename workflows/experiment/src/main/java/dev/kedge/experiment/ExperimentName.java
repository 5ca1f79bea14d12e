package dev.kedge.experiment;

import dev.kedge.contract.Requester;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code projects/P/experiments/E}: also the workflow's id.
 *
 * @param project the project's id
 * @param id the experiment's own
 */
public record ExperimentName(String project, String id) {
  private static final Pattern FORM = Pattern.compile("projects/([^/]+)/experiments/([^/]+)");

  /** Reads a name; refuses anything else. */
  public static ExperimentName parse(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "`%s` is not projects/PROJECT/experiments/EXPERIMENT".formatted(name));
    }
    return new ExperimentName(matcher.group(1), matcher.group(2));
  }

  /** Who asks for a stage, as whoever meets its lease reads it. */
  String requester(String stage) {
    return new Requester(id, stage).toString();
  }

  String stage(String stage) {
    return this + "/stages/" + stage;
  }

  @Override
  public String toString() {
    return "projects/%s/experiments/%s".formatted(project, id);
  }
}
