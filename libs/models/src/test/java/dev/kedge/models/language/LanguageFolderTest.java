package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.Golden;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSource;
import dev.kedge.tensors.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageFolderTest {
  @TempDir private Path folder;

  @EveryFamily
  void aFolderThatIsWrittenIsReadBackEqual(String variant) throws IOException {
    Golden golden = Golden.of(getClass(), variant);
    LanguageConfig config = LanguageFolder.check(golden.folder());

    LanguageFolder.write(folder, config, golden.tensors("model.safetensors"));

    assertThat(LanguageFolder.check(folder)).isEqualTo(config);
    assertThat(folder.resolve("model.safetensors"))
        .hasSameBinaryContentAs(golden.folder().resolve("model.safetensors"));
  }

  /** Stores a golden model under other names, with some more tensors. */
  private LanguageConfig store(String variant, UnaryOperator<String> name, String... more)
      throws IOException {
    Golden golden = Golden.of(getClass(), variant);
    TensorSource whole = golden.tensors("model.safetensors");
    MemoryTensors stored = new MemoryTensors();
    for (TensorSpec spec : whole.specs().values()) {
      String other = name.apply(spec.name());
      stored.put(new TensorSpec(other, spec.dtype(), spec.shape()), whole.bytes(spec.name()));
    }
    for (String each : more) {
      stored.put(each, new float[1], 1);
    }
    Files.copy(golden.folder().resolve("config.json"), folder.resolve("config.json"));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), stored, Map.of());
    return LanguageFolder.check(folder);
  }

  private void assertNames(String variant, LanguageConfig config) throws IOException {
    TensorSource whole = Golden.of(getClass(), variant).tensors("model.safetensors");
    try (var stored = dev.kedge.tensors.Checkpoint.open(folder)) {
      TensorSource named = LanguageFolder.named(config, stored);
      assertThat(named.specs()).isEqualTo(whole.specs());
      for (String name : whole.specs().keySet()) {
        assertThat(named.floats(name)).as(name).isEqualTo(whole.floats(name));
      }
    }
  }

  @Test
  void theHubsFirstGpt2NamesAreCompletedAndItsMasksLeftOut() throws IOException {
    LanguageConfig config =
        store(
            "gpt2",
            name -> name.replace("transformer.", ""),
            "h.0.attn.bias",
            "h.0.attn.masked_bias");

    assertNames("gpt2", config);
  }

  @Test
  void theHubsFirstOptNamesAreCompletedAndTheSecondCopyOfTheHeadLeftOut() throws IOException {
    LanguageConfig config =
        store("opt", name -> name.replace("model.decoder.", "decoder."), "lm_head.weight");

    assertNames("opt", config);
  }

  @Test
  void missingAndForeignTensorsAreNamed() {
    assertThatThrownBy(() -> store("qwen3", name -> name.replace("1.mlp.up", "1.mlp.upward")))
        .hasMessageContaining("model.layers.1.mlp.up_proj.weight is missing")
        .hasMessageContaining("model.layers.1.mlp.upward_proj.weight does not belong");
  }

  @Test
  void anotherFamilyIsRefusedByName() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bloom\"}");

    assertThatThrownBy(() -> LanguageFolder.check(folder))
        .hasMessageContaining("model_type is 'bloom'; known are opt, gpt2, llama");
  }

  @EveryFamily
  void aNewModelHasEveryTensorAndIsAFunctionOfItsSeed(String variant) throws IOException {
    LanguageConfig config = LanguageFolder.config(Golden.of(getClass(), variant).folder());

    MemoryTensors made = LanguageInitialisation.of(config, 7);

    LanguageFolder.write(folder, config, made);
    assertThat(LanguageFolder.check(folder)).isEqualTo(config);
    String table = LanguageTensors.tokens(config);
    assertThat(LanguageInitialisation.of(config, 7).floats(table)).isEqualTo(made.floats(table));
    assertThat(LanguageInitialisation.of(config, 8).floats(table)).isNotEqualTo(made.floats(table));
  }
}
