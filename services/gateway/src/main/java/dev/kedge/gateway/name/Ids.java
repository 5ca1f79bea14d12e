package dev.kedge.gateway.name;

import dev.kedge.gateway.Refusal;
import java.util.regex.Pattern;

/** The parts that names are made of. */
public final class Ids {
  static final String ID = "[a-z][a-z0-9-]{0,62}";

  private static final Pattern PLAIN = Pattern.compile(ID);

  private Ids() {}

  /** Returns the id, or refuses what is none. */
  public static String require(String id, String field) {
    if (!PLAIN.matcher(id).matches()) {
      throw Refusal.invalid(
          "INVALID_NAME",
          field,
          "`%s` is no name: write up to 63 lower-case letters, digits and `-`, a letter first"
              .formatted(id));
    }
    return id;
  }

  static Refusal malformed(String field, String name, String form) {
    return Refusal.invalid(
        "INVALID_NAME", field, "`%s` is not of the form %s".formatted(name, form));
  }
}
