package dev.kedge.report.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.text.TextRecord;
import dev.kedge.stage.v1.EvaluateSpec.Suite.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {
  private static final TextRecord WINOGRANDE =
      record(
          "{\"sentence\": \"It fits, for the _ is big.\", \"option1\": \"box\","
              + " \"option2\": \"ball\", \"answer\": \"2\"}");

  private static TextRecord record(String json) {
    try {
      return new TextRecord("w1", (ObjectNode) new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Language.Builder winogrande() {
    return Language.newBuilder()
        .setPrompt("{sentence|before:_}{*}")
        .setAnswer("{sentence|after:_}")
        .addChoices("{option1}")
        .addChoices("{option2}")
        .setLabel("{answer}")
        .addLabels("1")
        .addLabels("2");
  }

  @Test
  void choicesMayStandInThePromptAndTheirEndingIsScored() {
    Wording wording = new Wording(winogrande().build());
    List<String> choices = wording.choices(WINOGRANDE);
    assertThat(wording.choosesInPrompt()).isTrue();
    assertThat(choices).containsExactly("box", "ball");
    assertThat(wording.right(WINOGRANDE, choices)).isEqualTo(1);
    assertThat(wording.prompt(WINOGRANDE, "box")).isEqualTo("It fits, for the box");
    assertThat(wording.answer(WINOGRANDE)).isEqualTo(" is big.");
    assertThat(wording.solved(WINOGRANDE)).isEqualTo("It fits, for the ball is big.");
  }

  @Test
  void aLabelIsAPlaceFromZeroWhereNoneAreNamed() {
    Wording wording =
        new Wording(
            Language.newBuilder()
                .setPrompt("{goal}")
                .addChoices(" {sol1}")
                .addChoices(" {sol2}")
                .setLabel("{label}")
                .build());
    TextRecord piqa = record("{\"goal\": \"g\", \"sol1\": \"a\", \"sol2\": \"b\", \"label\": 1}");
    assertThat(wording.right(piqa, wording.choices(piqa))).isEqualTo(1);
    assertThat(wording.solved(piqa)).isEqualTo("g b");
    TextRecord beyond = record("{\"goal\": \"g\", \"sol1\": \"a\", \"sol2\": \"b\", \"label\": 2}");
    assertThatThrownBy(() -> wording.right(beyond, wording.choices(beyond)))
        .hasMessageContaining("record w1: its answer `2` is not among the choices [ a,  b]")
        .hasMessageContaining("labelled [0, 1]");
  }

  @Test
  void replacementsChangePromptsAndChoicesInTurn() {
    Language.Builder suite =
        Language.newBuilder()
            .setPrompt("{context}")
            .addChoices(" {endings[*]}")
            .setLabel("{label}");
    suite.addReplacementsBuilder().setPattern(" \\[title]").setText(". ");
    suite.addReplacementsBuilder().setPattern("\\[.*?]").setText("");
    suite.addReplacementsBuilder().setPattern("  ").setText(" ");
    Wording wording = new Wording(suite.build());
    TextRecord hellaswag =
        record(
            "{\"context\": \"How to cook [title] Begin.[step] Now\","
                + " \"endings\": [\"x [a] y\", \"z\"], \"label\": \"0\"}");
    assertThat(wording.prompt(hellaswag)).isEqualTo("How to cook. Begin. Now");
    assertThat(wording.choices(hellaswag)).containsExactly(" x y", " z");
  }
}
