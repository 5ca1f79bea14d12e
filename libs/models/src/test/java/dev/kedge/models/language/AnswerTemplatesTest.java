package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.text.TextRecord;
import dev.kedge.data.text.TextTemplate;
import dev.kedge.models.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTemplatesTest {
  @TempDir private Path folder;

  private static LanguageTokenizer tokenizer(String variant) {
    return LanguageTokenizer.open(Golden.of(AnswerTemplatesTest.class, variant).folder());
  }

  private static TextRecord record() {
    ObjectNode fields = new ObjectMapper().createObjectNode();
    fields.put("question", "The small").put("answer", "river");
    return new TextRecord("r-1", fields);
  }

  private static AnswerSequence sequence(
      LanguageTokenizer tokenizer, String prompt, String answer, boolean ended) {
    return new AnswerTemplates(
            tokenizer, TextTemplate.parse(prompt), TextTemplate.parse(answer), 64, ended)
        .of(record());
  }

  @Test
  void blanksAtThePromptsEndBelongToTheAnswer() {
    try (LanguageTokenizer tokenizer = tokenizer("opt")) {
      AnswerSequence parted = sequence(tokenizer, "{question}", " {answer}", false);
      AnswerSequence blank = sequence(tokenizer, "{question} ", "{answer}", false);

      assertThat(blank.ids()).isEqualTo(parted.ids());
      assertThat(blank.answer()).isEqualTo(parted.answer());
    }
  }

  @Test
  void anEmptyPromptIsTheTokenBeforeAnyText() {
    for (String variant : new String[] {"opt", "gpt2"}) {
      try (LanguageTokenizer tokenizer = tokenizer(variant)) {
        AnswerSequence sequence = sequence(tokenizer, "", "{answer}", false);

        assertThat(sequence.ids()[0]).as(variant).isEqualTo(tokenizer.prefix());
        assertThat(sequence.answer()).isEqualTo(sequence.ids().length - 1);
      }
    }
  }

  @Test
  void anAnswerToLearnHasItsEnd() {
    try (LanguageTokenizer tokenizer = tokenizer("opt")) {
      AnswerSequence open = sequence(tokenizer, "{question}", " {answer}", false);
      AnswerSequence ended = sequence(tokenizer, "{question}", " {answer}", true);

      assertThat(ended.answer()).isEqualTo(open.answer() + 1);
      assertThat(ended.ids()).startsWith(open.ids()).endsWith(tokenizer.end().orElseThrow());
    }
  }

  @Test
  void aTokenizerWithoutSpecialTokensCannotScoreWithoutAPrompt() throws IOException {
    Path gpt2 = Golden.of(getClass(), "gpt2").folder();
    Files.copy(gpt2.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(folder)) {
      assertThatThrownBy(() -> sequence(tokenizer, "", "{answer}", false))
          .hasMessageContaining("names neither bos_token nor eos_token");
    }
  }
}
