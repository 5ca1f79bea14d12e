package dev.kedge.gateway.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a token grants: of its roles (or groups, or scopes: which claim that is, is Quarkus's
 * setting) those of the form {@code kedge:PROJECT:ROLE}, {@code *} for all projects.
 */
final class Grants {
  private static final Pattern GRANT =
      Pattern.compile("kedge:(\\*|[a-z0-9-]{1,63}):(viewer|editor|operator|admin)");
  private static final String ALL = "*";

  private final Map<String, Role> roles = new HashMap<>();

  /**
   * Reads them.
   *
   * @param roles whatever the token has; others than Kedge's are passed over
   */
  Grants(Collection<String> roles) {
    for (String role : roles) {
      Matcher matcher = GRANT.matcher(role);
      if (matcher.matches()) {
        Role granted = Role.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
        this.roles.merge(matcher.group(1), granted, Grants::greater);
      }
    }
  }

  private static Role greater(Role one, Role other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The role in a project, if any. */
  Optional<Role> in(String project) {
    return greatest(roles.get(project), roles.get(ALL));
  }

  /** The greatest role in any project, for what belongs to none. */
  Optional<Role> anywhere() {
    return greatest(roles.values().toArray(new Role[0]));
  }

  private static Optional<Role> greatest(Role... roles) {
    return Arrays.stream(roles).filter(Objects::nonNull).reduce(Grants::greater);
  }
}
