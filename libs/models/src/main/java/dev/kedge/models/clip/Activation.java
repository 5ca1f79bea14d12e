package dev.kedge.models.clip;

/** The MLP's activation, under the names of Hugging Face configurations. */
public enum Activation {
  /** {@code x * sigmoid(1.702 x)}. */
  QUICK_GELU("quick_gelu"),
  /** The exact form with the error function. */
  GELU("gelu");

  private final String label;

  Activation(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  static Activation of(String label) {
    for (Activation activation : values()) {
      if (activation.label.equals(label)) {
        return activation;
      }
    }
    throw new IllegalArgumentException(
        "hidden_act is '" + label + "': this CLIP supports quick_gelu and gelu");
  }
}
