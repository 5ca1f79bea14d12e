package dev.kedge.models.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much native memory a run takes, as arithmetic that can be read, so that a model which does
 * not fit is refused before it starts. An estimate: activations are counted as the blocks keep
 * them, libtorch's own buffers are not counted.
 *
 * @param parts what is added up
 */
public record MemoryNeed(List<Part> parts) {
  private static final int FLOAT = Float.BYTES;

  public MemoryNeed {
    parts = List.copyOf(parts);
  }

  /**
   * A summand.
   *
   * @param what in words, with its factors
   */
  public record Part(String what, long bytes) {}

  /**
   * The blocks of a model as they are seen by a micro-batch.
   *
   * @param blocks how many
   * @param width of a token
   * @param inner width of the MLP's hidden layer
   * @param tokens of a sequence or an image
   * @param sequences sequences or images computed at once
   * @param rows scored rows computed at once
   * @param answers classes, or the vocabulary
   * @param recomputes whether blocks are computed again for the way back
   */
  public record Shape(
      int blocks,
      int width,
      int inner,
      int tokens,
      int sequences,
      int rows,
      int answers,
      boolean recomputes) {
    /** Two norms' inputs and outputs, query, key, value and their mixture, and the hidden layer. */
    private long ofBlock() {
      return (8L * width + 2L * inner) * tokens * sequences * FLOAT;
    }

    private Part activations() {
      long between = (long) width * tokens * sequences * FLOAT;
      long bytes = recomputes ? blocks * between + ofBlock() : blocks * ofBlock();
      String how = recomputes ? "one of %d blocks kept" : "%d blocks kept";
      return new Part(
          "activations (%s, %d sequences of %d tokens, width %d)"
              .formatted(how.formatted(blocks), sequences, tokens, width),
          bytes);
    }

    /** Logits, their logarithms and their gradient. */
    private Part logits() {
      return new Part(
          "logits (3 times %d rows of %d)".formatted(rows, answers), 3L * rows * answers * FLOAT);
    }
  }

  /**
   * What a run needs.
   *
   * @param shapes of all tensors the model has, by name
   * @param moved names of those that move
   * @param copies how often the moved weights are kept beside themselves, their anchor, gradients
   *     and two moments: once for each of EMA, early stop and EWC's Fisher information
   */
  public static MemoryNeed of(
      Map<String, long[]> shapes, Collection<String> moved, int copies, Shape shape) {
    long all = shapes.values().stream().mapToLong(MemoryNeed::bytes).sum();
    long trained = moved.stream().mapToLong(name -> bytes(shapes.get(name))).sum();
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("all weights", all));
    parts.add(new Part("moved weights and their anchor", 2 * trained));
    parts.add(new Part("gradients", trained));
    parts.add(new Part("moments of AdamW", 2 * trained));
    if (copies > 0) {
      parts.add(new Part(copies + " more copies of the moved weights", copies * trained));
    }
    parts.add(shape.activations());
    parts.add(shape.logits());
    return new MemoryNeed(parts);
  }

  private static long bytes(long[] shape) {
    long elements = 1;
    for (long side : shape) {
      elements = Math.multiplyExact(elements, side);
    }
    return Math.multiplyExact(elements, FLOAT);
  }

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

  private static String size(long bytes) {
    return bytes < 10_000_000_000L
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  /**
   * Refuses a run that does not fit.
   *
   * @param available bytes of memory that may be used
   * @throws IllegalArgumentException with the arithmetic and what would make it smaller
   */
  public void requireWithin(long available) {
    if (bytes() > available) {
      throw new IllegalArgumentException(
          "the run needs more memory than the %s there are: %s; a smaller micro_batch, recompute or"
                  .formatted(size(available), arithmetic())
              + " lora need less");
    }
  }
}
