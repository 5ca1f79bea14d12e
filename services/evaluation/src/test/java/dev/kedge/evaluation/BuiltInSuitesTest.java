package dev.kedge.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.data.text.TextRecord;
import dev.kedge.report.sample.Wording;
import dev.kedge.stage.v1.EvaluateSpec.Suite.Language;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The definitions that come with Kedge, on records in the layout in which they are published. */
class BuiltInSuitesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Wording suite(String name) throws IOException {
    try (InputStream in =
        Language.class.getResourceAsStream("/dev/kedge/suites/" + name + ".yaml")) {
      Map<String, Object> definition = new Yaml().load(in);
      Language.Builder language = Language.newBuilder();
      JsonFormat.parser().merge(JSON.writeValueAsString(definition.get("language")), language);
      return new Wording(language.build());
    }
  }

  private static TextRecord record(String json) throws IOException {
    return new TextRecord("r", (ObjectNode) JSON.readTree(json.replace('\'', '"')));
  }

  private static void requireAsks(
      String suite, String json, String prompt, List<String> choices, int right)
      throws IOException {
    Wording wording = suite(suite);
    TextRecord record = record(json);
    assertThat(wording.prompt(record)).isEqualTo(prompt);
    assertThat(wording.choices(record)).isEqualTo(choices);
    assertThat(wording.right(record, choices)).isEqualTo(right);
  }

  @Test
  void piqaAsksForTheWay() throws IOException {
    requireAsks(
        "piqa",
        "{'goal': 'Boil an egg', 'sol1': 'Use water.', 'sol2': 'Use sand.', 'label': 0}",
        "Question: Boil an egg\nAnswer:",
        List.of(" Use water.", " Use sand."),
        0);
  }

  @Test
  void arcTakesItsLabelsFromTheRecord() throws IOException {
    for (String suite : List.of("arc-easy", "arc-challenge")) {
      requireAsks(
          suite,
          "{'question': 'What melts?', 'choices': {'text': ['ice', 'stone', 'air'],"
              + " 'label': ['A', 'B', 'C']}, 'answerKey': 'A'}",
          "Question: What melts?\nAnswer:",
          List.of(" ice", " stone", " air"),
          0);
      requireAsks(
          suite,
          "{'question': 'Q', 'choices': {'text': ['x', 'y'], 'label': ['1', '2']}, 'answerKey': '2'}",
          "Question: Q\nAnswer:",
          List.of(" x", " y"),
          1);
    }
  }

  @Test
  void openBookQaGoesOnFromTheStem() throws IOException {
    requireAsks(
        "openbookqa",
        "{'question_stem': 'The sun gives', 'choices': {'text': ['heat', 'rain'],"
            + " 'label': ['A', 'B']}, 'answerKey': ' A'}",
        "The sun gives",
        List.of(" heat", " rain"),
        0);
  }

  @Test
  void commonsenseQaListsItsOptions() throws IOException {
    requireAsks(
        "commonsenseqa",
        "{'question': 'Where is milk? ', 'choices': {'text': ['a', 'b', 'c', 'd', 'e'],"
            + " 'label': ['A', 'B', 'C', 'D', 'E']}, 'answerKey': 'D'}",
        "Question: Where is milk?\nA. a\nB. b\nC. c\nD. d\nE. e\nAnswer:",
        List.of(" A", " B", " C", " D", " E"),
        3);
  }

  @Test
  void hellaSwagIsCleanedOfMarks() throws IOException {
    requireAsks(
        "hellaswag",
        "{'activity_label': 'Cooking', 'ctx_a': 'A man cooks [title] Soup.', 'ctx_b': 'he THEN',"
            + " 'endings': ['[step] eats.', 'sleeps.'], 'label': '1'}",
        "Cooking: A man cooks. Soup. He then",
        List.of("  eats.", " sleeps."),
        1);
    requireAsks(
        "hellaswag",
        "{'activity_label': 'Home', 'ctx_a': 'Begin.', 'ctx_b': '', 'endings': ['x', 'y'], 'label': '0'}",
        "Home: Begin.",
        List.of(" x", " y"),
        0);
  }

  @Test
  void boolQAnswersNoOrYes() throws IOException {
    requireAsks(
        "boolq",
        "{'passage': 'Cats purr.', 'question': 'do cats purr', 'answer': true}",
        "Cats purr.\nQuestion: do cats purr?\nAnswer:",
        List.of(" no", " yes"),
        1);
  }

  @Test
  void winograndePutsItsOptionsIntoTheContext() throws IOException {
    Wording wording = suite("winogrande");
    TextRecord record =
        record(
            "{'sentence': 'Ann paid Eva because _ was poor.', 'option1': 'Ann', 'option2': 'Eva',"
                + " 'answer': '2'}");
    assertThat(wording.prompt(record, "Ann")).isEqualTo("Ann paid Eva because Ann");
    assertThat(wording.answer(record)).isEqualTo(" was poor.");
    assertThat(wording.right(record, wording.choices(record))).isEqualTo(1);
  }

  @Test
  void medicalQuestionsAreAnsweredByLetters() throws IOException {
    requireAsks(
        "medmcqa",
        "{'question': 'Which?', 'opa': 'a1', 'opb': 'b1', 'opc': 'c1', 'opd': 'd1', 'cop': 2}",
        "Question: Which?\nChoices:\nA. a1\nB. b1\nC. c1\nD. d1\nAnswer:",
        List.of(" A", " B", " C", " D"),
        2);
    requireAsks(
        "medqa",
        "{'question': 'Which?', 'options': {'A': 'a1', 'B': 'b1', 'C': 'c1', 'D': 'd1'},"
            + " 'answer_idx': 'B'}",
        "Question: Which?\nA. a1\nB. b1\nC. c1\nD. d1\nAnswer:",
        List.of(" A", " B", " C", " D"),
        1);
  }

  @Test
  void pubMedQaReadsTheWholeAbstract() throws IOException {
    requireAsks(
        "pubmedqa",
        "{'context': {'contexts': ['First.', 'Second.']}, 'question': 'Does it?',"
            + " 'final_decision': 'maybe'}",
        "Abstract: First.\nSecond.\nQuestion: Does it?\nAnswer:",
        List.of(" yes", " no", " maybe"),
        2);
  }
}
