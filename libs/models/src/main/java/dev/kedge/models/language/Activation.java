package dev.kedge.models.language;

/** The feed-forward layer's activation, under the names of Hugging Face configurations. */
public enum Activation {
  RELU(0),
  /** The exact form with the error function. */
  GELU(1),
  /** The form with the hyperbolic tangent, GPT-2's. */
  GELU_TANH(2),
  /** {@code x * sigmoid(x)}. */
  SILU(3);

  private final int code;

  Activation(int code) {
    this.code = code;
  }

  static Activation of(String label) {
    return switch (label) {
      case "relu" -> RELU;
      case "gelu" -> GELU;
      case "gelu_new", "gelu_pytorch_tanh" -> GELU_TANH;
      case "silu", "swish" -> SILU;
      default ->
          throw new IllegalArgumentException(
              "the activation '"
                  + label
                  + "' is not known; known are relu, gelu, gelu_new, gelu_pytorch_tanh and silu");
    };
  }

  /** How the kernels know it. */
  int code() {
    return code;
  }
}
