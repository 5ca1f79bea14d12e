package dev.kedge.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordFormTest {
  private static final RecordForm FIRST = new RecordForm(List.of());
  private static final RecordForm THIRD =
      new RecordForm(
          List.of(
              record -> record.put("title", record.remove("name").asText()),
              record -> record.put("title", record.path("title").asText() + "!")));

  @Test
  void aRecordCarriesItsFormBesideItsFields() {
    assertThat(text(FIRST.write(bytes("{}")))).isEqualTo("{\"recordForm\":1}");
    byte[] kept = THIRD.write(bytes("{\"title\": \"a\", \"inner\": {\"recordForm\": 9}}"));
    assertThat(text(kept))
        .isEqualTo("{\"recordForm\":3,\"title\":\"a\",\"inner\":{\"recordForm\":9}}");
    assertThat(THIRD.read(kept, "r")).isEqualTo(kept);
    assertThat(THIRD.write(kept)).isEqualTo(kept);
  }

  @Test
  void anOldRecordIsBroughtToTodaysForm() {
    String today = "{\"recordForm\":3,\"title\":\"a!\"}";
    assertThat(text(THIRD.read(bytes("{\"name\": \"a\"}"), "r")))
        .as("of before there were forms")
        .isEqualTo(today);
    assertThat(text(THIRD.read(FIRST.write(bytes("{\"name\": \"a\"}")), "r"))).isEqualTo(today);
    assertThat(text(THIRD.read(bytes("{\"title\": \"a\", \"recordForm\": 2}"), "r")))
        .as("wherever its number stands")
        .isEqualTo(today);
  }

  @Test
  void aRecordOfANewerKedgeIsLeftAlone() {
    byte[] newer = THIRD.write(bytes("{\"title\": \"a\"}"));
    assertThatThrownBy(() -> FIRST.read(newer, "experiments/e1"))
        .isInstanceOf(StoreException.TooNew.class)
        .hasMessage(
            "experiments/e1 was written by a newer Kedge (form 3, and this one knows form 1): upgrade this process");
  }

  @Test
  void whatIsNoObjectIsBroken() {
    for (String broken :
        List.of("", "[1]", "{\"title\"", "{\"recordForm\": \"one\"}", "{\"recordForm\": 0}")) {
      assertThatThrownBy(() -> FIRST.read(bytes(broken), "experiments/e1"))
          .as(broken)
          .isInstanceOf(StoreException.Corrupt.class)
          .hasMessageContaining("record experiments/e1 is broken");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }
}
