package dev.kedge.gateway.access;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What somebody may do in a project; each may do what those before may. */
enum Role {
  /** Sees everything, and takes copies. */
  VIEWER("Get|List|Watch|Plan|Check|Export"),
  /** Brings data and models, and launches experiments. */
  EDITOR("Upload|ImportModel|ImportDataset|Launch|Fork"),
  /** Works on what others have launched, and names what is used elsewhere. */
  OPERATOR("Retry|Skip|Cancel|Pause|Resume|Promote"),
  /** Removes things, and takes in results that are believed. */
  ADMIN("Delete|Collect|ImportExperiment");

  /** Whoever has any role may ask what services there are. */
  private static final Map<String, Role> OTHERS = Map.of("ServerReflectionInfo", VIEWER);

  private final Pattern methods;

  Role(String methods) {
    this.methods = Pattern.compile("(?:" + methods + ").*");
  }

  /**
   * Which role a method of the API needs; empty for one that nobody has thought of: it is closed.
   */
  static Optional<Role> of(String method) {
    for (Role role : values()) {
      if (role.methods.matcher(method).matches()) {
        return Optional.of(role);
      }
    }
    return Optional.ofNullable(OTHERS.get(method));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
