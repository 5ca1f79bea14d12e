package dev.kedge.tensors;

/** The products of some vectors with each other. */
final class Gram {
  private final double[] products;
  private final int n;

  /**
   * @param products n·n numbers, row by row
   */
  Gram(double[] products, int n) {
    this.products = products;
    this.n = n;
  }

  /** The cosine of the angle between two vectors, in [−1, 1]; 0 if one of them is 0. */
  double cosine(int i, int j) {
    double lengths = Math.sqrt(products[i * n + i]) * Math.sqrt(products[j * n + j]);
    return lengths == 0 ? 0 : Math.max(-1, Math.min(1, products[i * n + j] / lengths));
  }

  /** The mean over all pairs. */
  double meanCosine() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        sum += cosine(i, j);
      }
    }
    return sum / (n * (n - 1) / 2.0);
  }
}
