package dev.kedge.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageInitialisation;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.NewLanguageModel;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageImportTest {
  @TempDir private Path disk;

  @Test
  void theShortNamesOfTheHubsFirstFilesBecomeTheUsualOnes() throws IOException {
    LanguageConfig config = new NewLanguageModel(8, 1, 2, 16, 30).of(NewLanguageModel.Kind.OPT);
    MemoryTensors usual = LanguageInitialisation.of(config, 1);
    Path folder = disk.resolve("uploaded");
    LanguageFolder.write(folder, config, usual);
    assertThat(LanguageImport.hasOtherNames(folder)).isFalse();

    MemoryTensors brief = new MemoryTensors();
    for (String name : usual.specs().keySet()) {
      brief.put(
          name.replaceFirst("^model\\.", ""), usual.floats(name), usual.spec(name).dimensions());
    }
    SafetensorsWriter.write(folder.resolve(Checkpoint.MODEL), brief, Map.of());
    assertThat(LanguageImport.hasOtherNames(folder)).isTrue();

    Path target = disk.resolve("kept");
    LanguageImport.convert(folder, target);
    assertThat(LanguageImport.hasOtherNames(target)).isFalse();
    try (Checkpoint kept = Checkpoint.open(target)) {
      String table = LanguageTensors.tokens(config);
      assertThat(kept.floats(table)).isEqualTo(usual.floats(table));
    }
  }

  @Test
  void whatIsNoLanguageModelIsLeftAlone() {
    assertThat(LanguageImport.hasOtherNames(disk)).isFalse();
  }
}
