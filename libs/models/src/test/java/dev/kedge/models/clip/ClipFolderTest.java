package dev.kedge.models.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.Golden;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipFolderTest {
  private final Golden golden = Golden.of(getClass(), "gelu_eos");
  @TempDir private Path folder;

  @Test
  void aFolderThatIsWrittenIsReadBackEqual() throws IOException {
    ClipConfig config = ClipFolder.check(golden.folder());
    TensorSource weights = golden.tensors("model.safetensors");

    ClipFolder.write(folder, config, weights);

    assertThat(ClipFolder.check(folder)).isEqualTo(config);
    assertThat(folder.resolve("model.safetensors"))
        .hasSameBinaryContentAs(golden.folder().resolve("model.safetensors"));
  }

  @Test
  void whatTheConfigurationLeavesOutHasTheDefaultsOfTransformers() throws IOException {
    ClipConfig config = ClipConfig.of(new ObjectMapper().readTree("{\"model_type\": \"clip\"}"));

    assertThat(config.projection()).isEqualTo(512);
    assertThat(config.vision().tokens()).isEqualTo(50);
    assertThat(config.vision().tower())
        .isEqualTo(new TowerConfig(768, 3072, 12, 12, Activation.QUICK_GELU, 1e-5));
    assertThat(config.text())
        .isEqualTo(
            new TextConfig(
                new TowerConfig(512, 2048, 12, 8, Activation.QUICK_GELU, 1e-5),
                49408,
                77,
                49406,
                49407,
                1));
  }

  @Test
  void anotherFamilyIsRefusedByName() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bert\"}");

    assertThatThrownBy(() -> ClipFolder.check(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a CLIP: model_type is 'bert'");
  }

  @Test
  void aFolderWithoutAConfigurationIsRefused() {
    assertThatThrownBy(() -> ClipFolder.check(folder)).hasMessageContaining("has no config.json");
  }

  @Test
  void aConfigurationThatIsNotJsonIsRefused() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{");

    assertThatThrownBy(() -> ClipFolder.check(folder)).hasMessageContaining("is not JSON");
  }

  @Test
  void missingMisshapenAndForeignTensorsAreAllNamed() throws IOException {
    TensorSource whole = golden.tensors("model.safetensors");
    MemoryTensors broken = new MemoryTensors();
    broken.put("surplus", new float[1], 1);
    broken.put("logit_scale", new float[2], 2);
    TensorSource rest =
        whole.only(name -> !name.equals("logit_scale") && !name.startsWith("visual_projection"));
    for (String name : rest.specs().keySet()) {
      broken.put(whole.spec(name), whole.bytes(name));
    }
    Files.copy(golden.folder().resolve("config.json"), folder.resolve("config.json"));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), broken, Map.of());

    assertThatThrownBy(() -> ClipFolder.check(folder))
        .hasMessageContaining("logit_scale has shape [2], not []")
        .hasMessageContaining("visual_projection.weight is missing")
        .hasMessageContaining("surplus does not belong");
  }

  @Test
  void anImpossibleSettingIsNamedWithItsPlace() throws IOException {
    ObjectMapper json = new ObjectMapper();
    String text = "{\"model_type\": \"clip\", \"vision_config\": {\"hidden_size\": \"wide\"}}";

    assertThatThrownBy(() -> ClipConfig.of(json.readTree(text)))
        .hasMessageContaining("vision_config.hidden_size must be a whole number, not \"wide\"");
  }
}
