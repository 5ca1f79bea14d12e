package dev.kedge.models.language;

/**
 * The attention half of a layer.
 *
 * @param heads number of query heads
 * @param keyHeads number of key and value heads; each serves {@code heads / keyHeads} query heads
 * @param headWidth width of a head
 * @param window how many positions a token sees, itself included; 0 for all before it
 * @param inputBias whether queries, keys and values have a bias
 * @param outputBias whether the output has one
 * @param headNorms whether queries and keys pass an RMS norm over each head
 */
public record Attention(
    int heads,
    int keyHeads,
    int headWidth,
    int window,
    boolean inputBias,
    boolean outputBias,
    boolean headNorms) {
  public Attention {
    Positive.require("number of attention heads", heads);
    Positive.require("number of key heads", keyHeads);
    Positive.require("width of a head", headWidth);
    if (heads % keyHeads != 0) {
      throw new IllegalArgumentException(
          heads + " query heads cannot be shared equally by " + keyHeads + " key heads");
    }
    if (window < 0) {
      throw new IllegalArgumentException("sliding_window must be above 0, not " + window);
    }
  }

  /** As many key heads as query heads, everything visible, no norms on the heads. */
  static Attention full(int heads, int width, boolean bias) {
    Positive.require("number of attention heads", heads);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "a width of " + width + " cannot be shared equally by " + heads + " heads");
    }
    return new Attention(heads, heads, width / heads, 0, bias, bias, false);
  }

  int queryWidth() {
    return heads * headWidth;
  }

  int keyWidth() {
    return keyHeads * headWidth;
  }
}
