package dev.kedge.models.language;

/**
 * How well a model predicts a text.
 *
 * @param nats −ln p of the text
 * @param tokens number of scored tokens
 * @param bytes its length in UTF-8
 */
public record TextScore(double nats, int tokens, int bytes) {
  /** Bits per byte; lower is better, and comparable between tokenizers. */
  public double bitsPerByte() {
    return nats / (bytes * Math.log(2));
  }
}
