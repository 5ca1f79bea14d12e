package dev.kedge.models.language;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;

/** The texts of ids, special tokens among them: what other programs' tokenizers give. */
final class WholeTexts implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;

  WholeTexts(Path folder) throws IOException {
    this.tokenizer = LanguageTokenizer.load(LanguageTokenizer.definition(folder), folder);
  }

  String of(long[] ids) {
    return tokenizer.decode(ids, false);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
