package dev.kedge.models.language;

/** The parts of a layer in the order in which the kernels take them, weight before bias. */
enum Part {
  ATTENTION_NORM,
  QUERY,
  KEY,
  VALUE,
  OUTPUT,
  QUERY_NORM,
  KEY_NORM,
  FEED_NORM,
  GATE,
  UP,
  DOWN;

  boolean isNorm() {
    return this == ATTENTION_NORM || this == FEED_NORM || this == QUERY_NORM || this == KEY_NORM;
  }

  /** What the part computes in a model. */
  LanguageTrace.Kind kind(Decoder decoder) {
    return switch (this) {
      case QUERY_NORM, KEY_NORM -> LanguageTrace.Kind.RMS_NORM;
      case ATTENTION_NORM, FEED_NORM -> LanguageTrace.Kind.norm(decoder);
      default -> LanguageTrace.Kind.MAP;
    };
  }

  /** Whether a model has the part's weight. */
  boolean weighted(Decoder decoder) {
    return switch (this) {
      case ATTENTION_NORM, FEED_NORM -> decoder.normalisation().scaled();
      case QUERY_NORM, KEY_NORM -> decoder.attention().headNorms();
      case GATE -> decoder.feedForward().gated();
      default -> true;
    };
  }

  /** Whether a model has the part's bias. */
  boolean biased(Decoder decoder) {
    return switch (this) {
      case ATTENTION_NORM, FEED_NORM -> decoder.normalisation().biased();
      case QUERY_NORM, KEY_NORM -> false;
      case QUERY, KEY, VALUE -> decoder.attention().inputBias();
      case OUTPUT -> decoder.attention().outputBias();
      case GATE -> decoder.feedForward().gated() && decoder.feedForward().bias();
      case UP, DOWN -> decoder.feedForward().bias();
    };
  }

  /** Width of what comes out, which is the bias's. */
  long outputWidth(Decoder decoder) {
    return switch (this) {
      case QUERY -> decoder.attention().queryWidth();
      case KEY, VALUE -> decoder.attention().keyWidth();
      case QUERY_NORM, KEY_NORM -> decoder.attention().headWidth();
      case GATE, UP -> decoder.feedForward().inner();
      default -> decoder.width();
    };
  }

  /** Width of what goes into a map. */
  long inputWidth(Decoder decoder) {
    return switch (this) {
      case OUTPUT -> decoder.attention().queryWidth();
      case DOWN -> decoder.feedForward().inner();
      default -> decoder.width();
    };
  }
}
