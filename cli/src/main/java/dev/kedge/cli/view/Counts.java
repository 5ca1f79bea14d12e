package dev.kedge.cli.view;

/** Numbers of things, as people say them. */
public final class Counts {
  private Counts() {}

  /** For example {@code 1 stage} or {@code 1,234 stages}. */
  public static String of(long count, String one) {
    return of(count, one, one + "s");
  }

  /** For things whose plural has more than an {@code s}. */
  static String of(long count, String one, String many) {
    return "%,d %s".formatted(count, count == 1 ? one : many);
  }
}
