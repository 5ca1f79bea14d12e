package dev.kedge.gateway.name;

import dev.kedge.store.Digest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code projects/P/checkpoints/C}.
 *
 * @param project the project's id
 * @param artifact the checkpoint's artifact
 */
public record CheckpointName(String project, Digest artifact) {
  private static final Pattern FORM =
      Pattern.compile("projects/(" + Ids.ID + ")/checkpoints/([0-9a-f]{64})");

  /** Reads the field {@code name}. */
  public static CheckpointName parse(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches()) {
      throw Ids.malformed(
          "name", name, "projects/{project}/checkpoints/{checkpoint}, the latter 64 hex digits");
    }
    return new CheckpointName(matcher.group(1), new Digest(matcher.group(2)));
  }

  @Override
  public String toString() {
    return "projects/%s/checkpoints/%s".formatted(project, artifact.hex());
  }
}
