package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.ModelVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryViewTest {
  @Test
  void aModelThatWasPromotedNamesItsExperimentAndOthersWhereTheyCameFrom() {
    ModelVersion imported =
        ModelVersion.newBuilder()
            .setName("projects/p/models/base/versions/1")
            .setOrigin("clip-vit")
            .build();
    ModelVersion promoted =
        ModelVersion.newBuilder()
            .setName("projects/p/models/tuned/versions/1")
            .setOrigin("checkpoints/ab")
            .setExperiment("projects/p/experiments/e7")
            .build();

    assertThat(RegistryView.models(List.of(imported, promoted)))
        .contains("clip-vit", "experiments/e7")
        .doesNotContain("checkpoints/ab");
    assertThat(RegistryView.model(promoted)).endsWith(", from experiments/e7");
    assertThat(RegistryView.model(imported)).doesNotContain("from");
  }
}
