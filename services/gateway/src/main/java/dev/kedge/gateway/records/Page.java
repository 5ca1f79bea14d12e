package dev.kedge.gateway.records;

import dev.kedge.gateway.Refusal;

/**
 * What part of a list is asked for.
 *
 * @param size at most so many
 * @param after the last id of the page before; empty for the first page
 */
public record Page(int size, String after) {
  private static final int DEFAULT_SIZE = 50;
  private static final int LARGEST_SIZE = 500;

  /** Reads the fields {@code page_size} and {@code page_token}. */
  public static Page of(int size, String token) {
    if (size < 0) {
      throw Refusal.invalid("INVALID_PAGE", "page_size", "%d is negative".formatted(size));
    }
    if (!token.matches("[a-z0-9-]{0,63}")) {
      throw Refusal.invalid(
          "INVALID_PAGE", "page_token", "`%s` is no token of an earlier answer".formatted(token));
    }
    return new Page(size == 0 ? DEFAULT_SIZE : Math.min(size, LARGEST_SIZE), token);
  }
}
