package dev.kedge.models.language;

/**
 * The architecture of a decoder language model: the choices in which the families differ.
 *
 * @param vocabulary number of token ids, which may exceed the tokenizer's
 * @param context most positions of a sequence
 * @param width of the states between layers
 * @param embedding width of the token table; where it is not {@code width}, projections lie between
 * @param layers number of layers
 * @param normalisation the norms
 * @param normFirst whether a half's norm stands before it; otherwise behind the sum (post-norm)
 * @param finalNorm whether a norm follows the last layer
 * @param attention a layer's first half
 * @param feedForward a layer's second half
 * @param positions how tokens know where they stand
 * @param paddingId the token whose row gets no gradient from where it is read; -1 for none
 * @param tied whether the head is the token table
 */
public record Decoder(
    int vocabulary,
    int context,
    int width,
    int embedding,
    int layers,
    Normalisation normalisation,
    boolean normFirst,
    boolean finalNorm,
    Attention attention,
    FeedForward feedForward,
    Positions positions,
    int paddingId,
    boolean tied) {
  public Decoder {
    Positive.require("vocabulary", vocabulary);
    Positive.require("context", context);
    Positive.require("width", width);
    Positive.require("embedding width", embedding);
    Positive.require("number of layers", layers);
    if (paddingId >= vocabulary) {
      throw new IllegalArgumentException(
          "pad_token_id " + paddingId + " is outside the vocabulary of " + vocabulary);
    }
    if (positions instanceof Positions.Rotary && attention.headWidth() % 2 != 0) {
      throw new IllegalArgumentException(
          "rotary positions need heads of an even width, not " + attention.headWidth());
    }
  }

  /** Whether token vectors are projected to the width of the layers and back. */
  boolean projects() {
    return embedding != width;
  }
}
