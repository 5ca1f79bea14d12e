package dev.kedge.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.UnusableDatasetException;
import org.junit.jupiter.api.Test;

class TextTemplateTest {
  private static final TextRecord RECORD =
      record(
          "{\"question\": \"Which?\", \"choices\": [\"one\", \"two\"], \"answer\": 1, \"dose\": 2.50,"
              + " \"sure\": true, \"none\": null}");

  private static TextRecord record(String json) {
    try {
      return new TextRecord("r7", (ObjectNode) JsonLines.JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String filled(String template) {
    return TextTemplate.parse(template).of(RECORD);
  }

  @Test
  void fieldsAndElementsAreFilledIn() {
    assertThat(filled("Question: {question}\nAnswer:")).isEqualTo("Question: Which?\nAnswer:");
    assertThat(filled(" {choices[answer]}")).isEqualTo(" two");
    assertThat(filled("{dose} {sure}")).isEqualTo("2.50 true");
    assertThat(filled("plain")).isEqualTo("plain");
    assertThat(filled("")).isEmpty();
  }

  @Test
  void doubledBracesAreBraces() {
    assertThat(filled("{{{question}}} {{}}")).isEqualTo("{Which?} {}");
  }

  @Test
  void aStarStandsForEachElement() {
    TextTemplate each = TextTemplate.parse("{question} {choices[*]}");
    assertThat(each.isEach()).isTrue();
    assertThat(each.each(RECORD)).containsExactly("Which? one", "Which? two");
    assertThat(TextTemplate.parse(" yes").each(RECORD)).containsExactly(" yes");
    assertThatThrownBy(() -> each.of(RECORD)).hasMessageContaining("stands for several texts");
  }

  @Test
  void aTemplateNamesTheFieldsThatItNeeds() {
    assertThat(TextTemplate.parse("{question} {choices[answer]} {{no}} {list[*]}").fields())
        .containsExactly("answer", "choices", "list", "question");
  }

  @Test
  void aPathReachesIntoAnObjectAndAPlaceMayBeGiven() {
    TextRecord nested = record("{\"choices\": {\"text\": [\"one\", \"two\"]}, \"at\": 0}");
    assertThat(TextTemplate.parse("{choices.text[1]} {choices.text[at]}").of(nested))
        .isEqualTo("two one");
    assertThat(TextTemplate.parse("{choices.text[*]}").each(nested)).containsExactly("one", "two");
    assertThat(TextTemplate.parse("{choices.text[at]}{choices.label[*]}").fields())
        .containsExactly("at", "choices");
    refused("{choices.text}", "no field `choices.text`");
    refused("{choices[5]}", "has 5 in `5`, but `choices` has the places 0 to 1");
  }

  @Test
  void filtersChangeAValueBeforeItIsPutIn() {
    TextRecord blank =
        record("{\"s\": \" the _ is big\", \"l\": [\"a\", \"b\"], \"t\": \"éTé ABC\"}");
    assertThat(TextTemplate.parse("{s|before:_|strip}X{s|after:_}").of(blank))
        .isEqualTo("theX is big");
    assertThat(TextTemplate.parse("{l|lines}").of(blank)).isEqualTo("a\nb");
    assertThat(TextTemplate.parse("{t|capitalize}").of(blank)).isEqualTo("Été abc");
    assertThat(TextTemplate.parse("{t|before:_}{t|after:_}").of(blank)).isEqualTo("éTé ABC");
    assertThatThrownBy(() -> TextTemplate.parse("{s|upper}"))
        .hasMessageContaining("`upper` is no filter: write strip");
    assertThatThrownBy(() -> TextTemplate.parse("{s|before}")).hasMessageContaining("before:MARK");
  }

  @Test
  void aChoiceMayStandInAPrompt() {
    TextTemplate prompt = TextTemplate.parse("{question} {*}!");
    assertThat(prompt.takesChoice()).isTrue();
    assertThat(prompt.of(RECORD, "this")).isEqualTo("Which? this!");
    assertThat(prompt.fields()).containsExactly("question");
    assertThat(TextTemplate.parse("{choices[*]}").takesChoice()).isFalse();
  }

  @Test
  void loneBracesAreRefusedWithTheirPlace() {
    assertThatThrownBy(() -> TextTemplate.parse("a {question"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lone { at character 3")
        .hasMessageContaining("{list[field]}");
    assertThatThrownBy(() -> TextTemplate.parse("{}")).hasMessageContaining("lone {");
    assertThatThrownBy(() -> TextTemplate.parse("a } b")).hasMessageContaining("lone }");
    assertThatThrownBy(() -> TextTemplate.parse("{a[b}")).hasMessageContaining("lone {");
  }

  @Test
  void whatARecordLacksIsNamedWithTheRecord() {
    refused("{missing}", "record 'r7' has no field `missing`");
    refused("{none}", "record 'r7' has no field `none`");
    refused("{choices}", "no single value in `choices`");
    refused("{question[answer]}", "no list in `question`");
    refused("{choices[dose]}", "has 2.50 in `dose`, but `choices` has the places 0 to 1");
    TextTemplate element = TextTemplate.parse("{choices[answer]}");
    assertThatThrownBy(() -> element.of(record("{\"choices\": [\"a\"], \"answer\": 1}")))
        .hasMessageContaining("has 1 in `answer`, but `choices` has the places 0 to 0");
  }

  private static void refused(String template, String message) {
    assertThatThrownBy(() -> filled(template))
        .isInstanceOf(UnusableDatasetException.class)
        .hasMessageContaining(message);
  }
}
