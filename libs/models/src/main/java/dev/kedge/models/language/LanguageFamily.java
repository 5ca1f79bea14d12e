package dev.kedge.models.language;

import java.util.Arrays;
import java.util.List;

/** The families of Hugging Face's language models that Kedge computes, by {@code model_type}. */
public enum LanguageFamily {
  /** OPT, and Galactica, which differs in its settings alone. */
  OPT("opt", "OPTForCausalLM"),
  GPT2("gpt2", "GPT2LMHeadModel"),
  LLAMA("llama", "LlamaForCausalLM"),
  MISTRAL("mistral", "MistralForCausalLM"),
  QWEN2("qwen2", "Qwen2ForCausalLM"),
  QWEN3("qwen3", "Qwen3ForCausalLM");

  private final String type;
  private final String modelClass;

  LanguageFamily(String type, String modelClass) {
    this.type = type;
    this.modelClass = modelClass;
  }

  /**
   * The family of a {@code model_type}.
   *
   * @throws IllegalArgumentException naming the families there are
   */
  static LanguageFamily of(String type) {
    return Arrays.stream(values())
        .filter(family -> family.type.equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no language model of a known family: model_type is '%s'; known are %s"
                        .formatted(type, String.join(", ", types()))));
  }

  /** All values of {@code model_type} that are known. */
  public static List<String> types() {
    return Arrays.stream(values()).map(LanguageFamily::type).toList();
  }

  /** Its {@code model_type}. */
  public String type() {
    return type;
  }

  /** The class that loads it in transformers. */
  String modelClass() {
    return modelClass;
  }

  Decoder read(Settings settings) {
    return switch (this) {
      case OPT -> OptReader.read(settings);
      case GPT2 -> Gpt2Reader.read(settings);
      case LLAMA -> LlamaReader.LLAMA.read(settings);
      case MISTRAL -> LlamaReader.MISTRAL.read(settings);
      case QWEN2 -> LlamaReader.QWEN2.read(settings);
      case QWEN3 -> LlamaReader.QWEN3.read(settings);
    };
  }

  TensorNames names() {
    return switch (this) {
      case OPT -> TensorNames.OPT;
      case GPT2 -> TensorNames.GPT2;
      case LLAMA, MISTRAL, QWEN2, QWEN3 -> TensorNames.LLAMA;
    };
  }
}
