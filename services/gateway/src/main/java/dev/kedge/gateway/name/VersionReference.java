package dev.kedge.gateway.name;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a model or a data set: {@code models/NAME}, {@code models/NAME@ALIAS} or {@code
 * models/NAME/versions/V}.
 *
 * @param id the model's or data set's id
 * @param version the version's number, if one is named
 * @param alias the alias, if one is named
 */
public record VersionReference(String id, Optional<Integer> version, Optional<String> alias) {
  private static final String FORM =
      "(?<id>" + Ids.ID + ")(@(?<alias>" + Ids.ID + ")|/versions/(?<version>[1-9][0-9]{0,8}))?";

  /** What the file or a request says, without its project; empty where it is malformed. */
  public static Optional<VersionReference> of(String collection, String reference) {
    Matcher matcher = Pattern.compile(collection + "/" + FORM).matcher(reference);
    return matcher.matches()
        ? Optional.of(
            new VersionReference(
                matcher.group("id"),
                Optional.ofNullable(matcher.group("version")).map(Integer::valueOf),
                Optional.ofNullable(matcher.group("alias"))))
        : Optional.empty();
  }

  /**
   * Reads the field {@code name} of a request.
   *
   * @param collection {@code models} or {@code datasets}
   */
  public static VersionReference parse(String collection, ProjectName project, String name) {
    String prefix = project + "/";
    return of(collection, name.startsWith(prefix) ? name.substring(prefix.length()) : "")
        .orElseThrow(
            () ->
                Ids.malformed(
                    "name",
                    name,
                    "projects/{project}/%1$s/{name}, …/{name}@{alias} or …/{name}/versions/{v}"
                        .formatted(collection)));
  }

  /** The project that the name of a request begins with. */
  public static ProjectName project(String name) {
    Matcher matcher = Pattern.compile("(projects/" + Ids.ID + ")/.+").matcher(name);
    if (!matcher.matches()) {
      throw Ids.malformed("name", name, "projects/{project}/…");
    }
    return ProjectName.parse(matcher.group(1));
  }
}
