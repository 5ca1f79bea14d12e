package dev.kedge.models.train;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much native memory a run takes, as arithmetic that can be read, so that a model which does
 * not fit is refused before it starts. Counts what is held at the busiest moment of a step, the
 * start of the way back; {@code bench/memory} compares it with what a process really takes.
 *
 * @param parts what is added up
 */
public record MemoryNeed(List<Part> parts) {
  public MemoryNeed {
    parts = parts.stream().filter(part -> part.bytes() > 0).toList();
  }

  /**
   * A summand.
   *
   * @param what in words, with its factors
   */
  public record Part(String what, long bytes) {}

  /** The sum. */
  public long bytes() {
    return parts.stream().mapToLong(Part::bytes).sum();
  }

  /** The sum in words. */
  public String arithmetic() {
    String sum =
        parts.stream()
            .map(part -> part.what() + " " + size(part.bytes()))
            .collect(Collectors.joining(" + "));
    return sum + " = " + size(bytes());
  }

  /** Bytes for people. */
  public static String size(long bytes) {
    return bytes < 10_000_000_000L
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  /** Whether it fits. */
  public boolean isWithin(long available) {
    return bytes() <= available;
  }

  /**
   * Refuses a run that does not fit.
   *
   * @param available bytes of memory that may be used
   * @param remedies what would make it smaller
   * @throws IllegalArgumentException with the arithmetic and the remedies
   */
  public void requireWithin(long available, String remedies) {
    if (!isWithin(available)) {
      throw new IllegalArgumentException(
          "the run needs more memory than the %s there are: %s; %s"
              .formatted(size(available), arithmetic(), remedies));
    }
  }
}
