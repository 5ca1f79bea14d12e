package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.DType;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeCommandTest extends CommandLineFixture {
  private static final String HALF = "recipe: {wise_ft: {base: base, tuned: tuned, alpha: 0.5}}\n";

  @TempDir Path home;

  @BeforeEach
  void twoModels() throws IOException {
    model("base", 0, 2);
    model("tuned", 1, 4);
  }

  @Test
  void aMergeIsAFolderThatOpensAsItIs() throws IOException {
    for (String history : List.of("training-trace.json", "trainer_state.json", "recipe.json")) {
      Files.writeString(home.resolve("base").resolve(history), "{}");
      Files.writeString(home.resolve("tuned").resolve(history), "{}");
    }
    assertThat(merge(HALF)).as(err()).isZero();

    assertThat(out()).contains("merged 2 tensors").contains("into " + home.resolve("out"));
    assertThat(names("out"))
        .containsExactly(
            "config.json", "model.safetensors", "recipe.json", "tokenizer.json", "vocab.json");
    try (Checkpoint merged = Checkpoint.open(home.resolve("out"))) {
      assertThat(merged.floats("w")).containsExactly(0.5f, 3);
    }
    assertThat(Files.readString(home.resolve("out/recipe.json")))
        .contains("{\"wise_ft\":{\"alpha\":0.5,");
  }

  @Test
  void programsGetTheResultAsJson() throws IOException {
    assertThat(merge(HALF, "--json", "--shard-size", "1KB", "--threads", "2")).isZero();

    JsonObject answer = JsonParser.parseString(out()).getAsJsonObject();
    assertThat(answer.getAsJsonObject("recipes").get(".").getAsString()).startsWith("sha256:");
    assertThat(answer.get("bytes").getAsLong()).isEqualTo(2008);
    assertThat(answer.getAsJsonArray("files")).hasSize(3);
    assertThat(names("out")).contains("model.safetensors.index.json");
  }

  @Test
  void shortNamesRecipesOfRecipesAndUsualValuesAreUnderstood() throws IOException {
    String text =
        """
        models: {start: base, end: tuned}
        recipe:
          linear:
            terms:
              - end
              - recipe:
                  task_arithmetic: {base: start, terms: end}
                weight: 3
              - {recipe: {wise_ft: {base: start, tuned: end, alpha: 0}}, weight: 0}
        dtype: BF16
        files_from: end
        """;

    assertThat(merge(text)).as(err()).isZero();

    try (Checkpoint merged = Checkpoint.open(home.resolve("out"))) {
      assertThat(merged.spec("w").dtype()).isEqualTo(DType.BF16);
      assertThat(merged.floats("w")).containsExactly(1, 4);
    }
    assertThat(Files.readString(home.resolve("out/config.json")))
        .contains("\"torch_dtype\": \"bfloat16\"")
        .contains("\"hidden_size\": 2");
  }

  @Test
  void severalRecipesBecomeSeveralModelsInOneReading() throws IOException {
    String text =
        """
        models: {start: base, end: tuned}
        recipes:
          half: {wise_ft: {base: start, tuned: end, alpha: 0.5}}
          soup: {linear: {terms: [start, end, end, end]}}
        """;

    assertThat(merge(text, "--json")).as(err()).isZero();

    assertThat(JsonParser.parseString(out()).getAsJsonObject().getAsJsonArray("files"))
        .map(JsonElement::getAsString)
        .containsExactly("half/model.safetensors", "soup/model.safetensors");
    assertThat(names("out")).containsExactly("half", "soup");
    try (Checkpoint half = Checkpoint.open(home.resolve("out/half"));
        Checkpoint soup = Checkpoint.open(home.resolve("out/soup"))) {
      assertThat(half.floats("w")).containsExactly(0.5f, 3);
      assertThat(soup.floats("w")).containsExactly(0.75f, 3.5f);
    }
    assertThat(names("out/soup")).contains("config.json", "recipe.json", "tokenizer.json");
  }

  @Test
  void aFileWithoutRecipeOrWithABadFolderNameIsRefused() throws IOException {
    assertThat(merge("dtype: F32\n")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("recipe: give either recipe or recipes");

    assertThat(merge("recipes: {../up: base}\n")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("line 1: recipes.../up: names a folder");
    assertNothingWasWritten();
  }

  @Test
  void everyMistakeInTheFileIsToldWithItsLine() throws IOException {
    String text =
        """
        recipe:
          linear:
            terms:
              - {recipe: base, weigth: 2}
              - {recipe: {wise_ft: {base: base, tuned: tuned, alpha: 1.5}}}
              - {recipe: {slurp: {}}}
        dtype: F33
        """;

    assertThat(merge(text)).isEqualTo(ExitCode.REFUSED);

    assertThat(err())
        .contains("merge.yaml is not a valid merge file:")
        .contains("line 4: recipe.linear.terms[0].weigth: unknown; did you mean weight?")
        .contains(
            "line 5: recipe.linear.terms[1].recipe.wise_ft: alpha is 1.5; give a number in [0, 1]")
        .contains("line 6: recipe.linear.terms[2].recipe.slurp: unknown; did you mean slerp?")
        .contains("line 7: dtype: expected one of [F32, F16, BF16], found `F33`");
    assertThat(home.resolve("out")).doesNotExist();
  }

  @Test
  void aParentThatIsNotThereIsNamed() throws IOException {
    assertThat(merge(HALF.replace("tuned: tuned", "tuned: gone"))).isEqualTo(ExitCode.NOT_FOUND);

    assertThat(err()).contains(home.resolve("gone").toString());
    assertNothingWasWritten();
  }

  @Test
  void anotherArchitectureIsRefused() throws IOException {
    Files.writeString(home.resolve("tuned/config.json"), "{\"model_type\": \"opt\"}");

    assertRefused("is a llama").contains("is a opt: merge models of one architecture");
  }

  @Test
  void anotherConfigurationOfTheSameArchitectureIsNoted() throws IOException {
    Files.writeString(
        home.resolve("tuned/config.json"),
        "{\"model_type\": \"llama\", \"hidden_size\": 2, \"rope_theta\": 1e6}");

    assertThat(merge(HALF)).isZero();

    assertThat(err())
        .contains("note: config.json of tuned differs from that of base, which the result has, in")
        .contains("in rope_theta");
  }

  @Test
  void anotherTokenizerIsRefusedAndAnotherLayoutIsNone() throws IOException {
    Files.writeString(
        home.resolve("tuned/tokenizer.json"),
        "{\n  \"truncation\": {\"max_length\": 7},\n \"model\": {\"vocab\": {\"a\": 0}}\n}");
    assertThat(merge(HALF)).as(err()).isZero();

    Files.writeString(home.resolve("tuned/vocab.json"), "{\"b\": 0}");
    assertThat(merge(HALF, "--out", home.resolve("other").toString())).isEqualTo(ExitCode.USAGE);
    Files.move(home.resolve("out"), home.resolve("done"));
    assertRefused("different tokenizers").contains("tuned");
  }

  @Test
  void aTokenizerThatIsALinkToNowhereIsMissing() throws IOException {
    Files.delete(home.resolve("base/tokenizer.json"));
    Files.createSymbolicLink(home.resolve("base/tokenizer.json"), home.resolve("gone"));
    assertThat(merge(HALF)).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(err()).contains("no such file", "base/tokenizer.json");
    assertNothingWasWritten();
  }

  @Test
  void otherTensorsAreRefused() throws IOException {
    write("tuned", new MemoryTensors().put("w", new float[3], 3));

    assertRefused("'w' is F32 [2] in base but F32 [3] in tuned").contains("'v' is missing");
  }

  @Test
  void aNanIsNamedAndNothingIsLeft() throws IOException {
    model("tuned", 1, Float.NaN);

    assertRefused("tensor 'w' [2] is NaN at element 1").contains("tuned");
  }

  @Test
  void aFolderThatIsInUseIsLeftAlone() throws IOException {
    Files.createDirectories(home.resolve("out"));
    Files.writeString(home.resolve("out/notes.md"), "mine");

    assertThat(merge(HALF)).isEqualTo(ExitCode.REFUSED);

    assertThat(err()).contains("is there and not empty");
    assertThat(names("out")).containsExactly("notes.md");
  }

  @Test
  void whatAKilledMergeLeftIsNotTakenForAModel() throws IOException {
    Files.createDirectories(home.resolve("out.partial"));
    Files.writeString(home.resolve("out.partial/half.safetensors"), "half");

    assertThat(merge(HALF)).as(err()).isZero();

    assertThat(home.resolve("out.partial")).doesNotExist();
    assertThat(names("out")).doesNotContain("half.safetensors");
  }

  @Test
  void aPlaceWhereNoFolderCanBeMadeIsNamed() throws IOException {
    Path inAFile = home.resolve("base/config.json/out");

    assertThat(mergeInto(inAFile)).isEqualTo(ExitCode.REFUSED);

    assertThat(err())
        .contains("the folder " + inAFile + " cannot be made: ")
        .contains("Not a directory; name another place");
    assertThat(mergeInto(Path.of("/proc/merged"))).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("the folder /proc/merged cannot be made: ");
  }

  @Test
  void aLinkOutOfTheModelIsNotCopied() throws IOException {
    Path secret = Files.writeString(home.resolve("secret"), "not yours");
    Files.createSymbolicLink(home.resolve("base/notes.md"), secret);

    assertRefused("base/notes.md is a link to ").contains("outside of its model");
  }

  @Test
  void theLinksOfHuggingFacesCacheAreFollowed() throws IOException {
    Path blobs = Files.createDirectories(home.resolve("hub/blobs"));
    Path snapshot = Files.createDirectories(home.resolve("hub/snapshots/abc"));
    for (String name : names("base")) {
      Files.move(home.resolve("base").resolve(name), blobs.resolve(name));
      Files.createSymbolicLink(snapshot.resolve(name), Path.of("../../blobs", name));
    }

    assertThat(merge(HALF.replace("base: base", "base: hub/snapshots/abc"))).as(err()).isZero();

    assertThat(home.resolve("out/vocab.json")).isRegularFile().hasContent("{\"a\": 0}");
    assertThat(Files.isSymbolicLink(home.resolve("out/vocab.json"))).isFalse();
  }

  private int mergeInto(Path out) throws IOException {
    Path file = Files.writeString(home.resolve("merge.yaml"), HALF);
    return kedge("merge", file.toString(), "--out", out.toString());
  }

  private AbstractStringAssert<?> assertRefused(String why) throws IOException {
    assertThat(merge(HALF)).isEqualTo(ExitCode.REFUSED);
    assertNothingWasWritten();
    return assertThat(err()).contains(why);
  }

  private void assertNothingWasWritten() {
    assertThat(home.resolve("out")).doesNotExist();
    assertThat(home.resolve("out.partial")).doesNotExist();
  }

  private int merge(String text, String... options) throws IOException {
    Path file = Files.writeString(home.resolve("merge.yaml"), text);
    List<String> all =
        new ArrayList<>(List.of("merge", file.toString(), "--out", home.resolve("out").toString()));
    all.addAll(List.of(options));
    return kedge(all.toArray(String[]::new));
  }

  private List<String> names(String folder) throws IOException {
    try (var files = Files.list(home.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void model(String name, float... w) throws IOException {
    Files.createDirectories(home.resolve(name));
    write(name, new MemoryTensors().put("w", w, w.length).put("v", new float[500], 500));
    Files.writeString(
        home.resolve(name + "/config.json"),
        "{\"model_type\": \"llama\", \"hidden_size\": 2, \"torch_dtype\": \"float32\"}");
    Files.writeString(
        home.resolve(name + "/tokenizer.json"), "{\"model\": {\"vocab\": {\"a\": 0}}}");
    Files.writeString(home.resolve(name + "/vocab.json"), "{\"a\": 0}");
  }

  private void write(String name, MemoryTensors tensors) throws IOException {
    SafetensorsWriter.write(home.resolve(name + "/model.safetensors"), tensors, Map.of());
  }
}
