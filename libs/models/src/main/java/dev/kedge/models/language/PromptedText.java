package dev.kedge.models.language;

/**
 * A text to be predicted after a prompt.
 *
 * @param name names it in a complaint
 * @param prompt what the model is given; may be empty
 * @param answer what is scored, with the blank that parts it from the prompt
 */
public record PromptedText(String name, String prompt, String answer) {
  public PromptedText {
    if (answer.isEmpty()) {
      throw new IllegalArgumentException("record " + name + ": the answer is empty");
    }
  }
}
