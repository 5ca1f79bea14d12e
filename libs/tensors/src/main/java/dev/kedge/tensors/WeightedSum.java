package dev.kedge.tensors;

import java.util.Arrays;
import java.util.List;

/** Σ wᵢ·xᵢ in float32, in the order of the terms. */
final class WeightedSum {
  private WeightedSum() {}

  /** Values and their weight. */
  static final class Term {
    private final float[] values;
    private final float weight;

    Term(float[] values, float weight) {
      this.values = values;
      this.weight = weight;
    }
  }

  /** Fills {@code into[0…count)}, which is none of the terms' arrays. */
  static void of(List<Term> terms, int count, float[] into) {
    switch (terms.size()) {
      case 0 -> Arrays.fill(into, 0, count, 0);
      case 1 -> multiply(terms.get(0), count, into);
      default -> {
        pair(terms.get(0), terms.get(1), count, into);
        terms.subList(2, terms.size()).forEach(term -> add(term, count, into));
      }
    }
  }

  private static void multiply(Term term, int count, float[] into) {
    float[] x = term.values;
    float a = term.weight;
    for (int i = 0; i < count; i++) {
      into[i] = a * x[i];
    }
  }

  /** The first two at once: the usual case, at the speed of memory. */
  private static void pair(Term one, Term other, int count, float[] into) {
    float[] x = one.values;
    float[] y = other.values;
    float a = one.weight;
    float b = other.weight;
    for (int i = 0; i < count; i++) {
      into[i] = a * x[i] + b * y[i];
    }
  }

  private static void add(Term term, int count, float[] into) {
    float[] x = term.values;
    float a = term.weight;
    for (int i = 0; i < count; i++) {
      into[i] += a * x[i];
    }
  }
}
