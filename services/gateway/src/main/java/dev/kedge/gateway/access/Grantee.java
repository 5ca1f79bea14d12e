package dev.kedge.gateway.access;

import dev.kedge.gateway.Refusal;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody who is known, and what they may do where.
 *
 * @param caller who it is
 * @param grants what their token says
 */
record Grantee(Caller caller, Grants grants) {
  private static final Pattern PROJECT = Pattern.compile("projects/([^/]*)(?:/.*)?");

  /** Methods that are about the whole installation. */
  private static final Pattern NO_PROJECT = Pattern.compile("CheckSystem|ServerReflectionInfo");

  /**
   * Whoever a token is of.
   *
   * @throws Refusal if it does not say whose it is
   */
  static Grantee of(SecurityIdentity identity) {
    String name = identity.getPrincipal().getName();
    if (name == null || name.isBlank()) {
      throw Refusal.unauthenticated("TOKEN_NAMELESS", "the token does not say whose it is");
    }
    return new Grantee(new Caller(name), new Grants(identity.getRoles()));
  }

  /**
   * Why a method is not for them; empty where it is.
   *
   * @param method of the API, for example {@code RetryStage}
   * @param name what it is done to, or what it is made in
   */
  Optional<Refusal> refusal(String method, String name) {
    Optional<Role> needed = Role.of(method);
    boolean everywhere = NO_PROJECT.matcher(method).matches();
    String project = everywhere ? "" : project(name);
    Optional<Role> has = everywhere ? grants.anywhere() : grants.in(project);
    if (needed.isPresent() && has.filter(role -> role.compareTo(needed.get()) >= 0).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Refusal.denied(
            "ROLE_MISSING",
            "%s is %s in %s, and %s needs the role %s there: whoever manages the issuer's roles can grant `kedge:%s:%s`"
                .formatted(
                    caller.name(),
                    has.map(Role::toString).orElse("nobody"),
                    everywhere ? "any project" : "projects/" + project,
                    method,
                    needed.map(Role::toString).orElse("(none has it)"),
                    everywhere ? "PROJECT" : project,
                    needed.map(Role::toString).orElse("admin"))));
  }

  /**
   * Of a name that is none it is no project's, which the service will say to those with a grant for
   * all.
   */
  static String project(String name) {
    Matcher matcher = PROJECT.matcher(name);
    return matcher.matches() ? matcher.group(1) : "";
  }
}
