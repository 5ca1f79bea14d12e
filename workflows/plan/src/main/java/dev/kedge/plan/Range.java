package dev.kedge.plan;

/** The values that a number may have. */
enum Range {
  /** 0 and up. */
  NOT_NEGATIVE("zero or a positive number") {
    @Override
    boolean holds(double value) {
      return value >= 0;
    }
  },
  /** Above 0. */
  POSITIVE("a positive number") {
    @Override
    boolean holds(double value) {
      return value > 0;
    }
  },
  /** 1 and up. */
  COUNT("at least 1") {
    @Override
    boolean holds(double value) {
      return value >= 1;
    }
  },
  /** In [0, 1]. */
  RATIO("in [0, 1]: 0 is the base, 1 the fine-tuned model") {
    @Override
    boolean holds(double value) {
      return value >= 0 && value <= 1;
    }
  },
  /** In (0, 1]. */
  DENSITY("in (0, 1]: the share that is kept") {
    @Override
    boolean holds(double value) {
      return value > 0 && value <= 1;
    }
  },
  /** In (0, 1). */
  SHARE("between 0 and 1, neither of them") {
    @Override
    boolean holds(double value) {
      return value > 0 && value < 1;
    }
  };

  private final String words;

  Range(String words) {
    this.words = words;
  }

  abstract boolean holds(double value);

  /** Refuses what is outside or not finite. */
  void check(double value, String path, Problems problems) {
    problems.require(
        Double.isFinite(value) && holds(value),
        path,
        "%s must be %s".formatted(Numbers.text(value), words));
  }
}
