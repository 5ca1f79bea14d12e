package dev.kedge.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Random ids, unless who begins a span has chosen them. A workflow chooses: wherever it is replayed
 * its span is the same.
 */
public final class ChosenIds implements IdGenerator {
  private record Choice(String trace, String span) {}

  private static final ThreadLocal<Choice> CHOICE = new ThreadLocal<>();

  /** Ids by chance. */
  public ChosenIds() {}

  /**
   * Begins a span under ids of one's own.
   *
   * @param trace 32 hexadecimal digits, not all 0; the parent's goes first, where there is one
   * @param span 16 hexadecimal digits, not all 0
   */
  public static Span begin(SpanBuilder builder, String trace, String span) {
    CHOICE.set(new Choice(trace, span));
    try {
      return builder.startSpan();
    } finally {
      CHOICE.remove();
    }
  }

  @Override
  public String generateTraceId() {
    Choice choice = CHOICE.get();
    return choice == null ? IdGenerator.random().generateTraceId() : choice.trace();
  }

  @Override
  public String generateSpanId() {
    Choice choice = CHOICE.get();
    return choice == null ? IdGenerator.random().generateSpanId() : choice.span();
  }
}
