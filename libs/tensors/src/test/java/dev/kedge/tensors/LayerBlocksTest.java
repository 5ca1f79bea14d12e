package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerBlocksTest {
  private static final List<String> OPT =
      List.of(
          "model.decoder.embed_tokens.weight",
          "model.decoder.layers.0.fc1.weight",
          "model.decoder.layers.1.fc1.weight",
          "model.decoder.layers.2.fc1.weight",
          "model.decoder.layers.3.fc1.weight",
          "model.decoder.final_layer_norm.weight",
          "lm_head.weight");

  @Test
  void layersAreSharedOutEvenlyAndWhatIsOutsideGoesWithItsNeighbours() {
    assertThat(OPT.stream().map(LayerBlocks.of(OPT, 2)::get)).containsExactly(0, 0, 0, 1, 1, 1, 1);
    assertThat(OPT.stream().map(LayerBlocks.of(OPT, 3)::get)).containsExactly(0, 0, 0, 1, 2, 2, 2);
  }

  @Test
  void aTowerWithFewerLayersThanBlocksHasNoLayerInSome() {
    List<String> towers =
        List.of(
            "vision_model.encoder.layers.2.mlp.fc1.weight",
            "text_model.encoder.layers.0.mlp.fc1.weight",
            "text_model.encoder.layers.1.mlp.fc1.weight");

    assertThat(LayerBlocks.most(towers)).isEqualTo(3);
    assertThat(towers.stream().map(LayerBlocks.of(towers, 3)::get)).containsExactly(2, 0, 1);
    assertThatThrownBy(() -> LayerBlocks.of(towers, 4))
        .hasMessageContaining("4 ratios for the 3 layers of 'vision_model.encoder.layers'");
  }

  @Test
  void moreBlocksThanLayersAreRefused() {
    assertThatThrownBy(() -> LayerBlocks.of(OPT, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 ratios for the 4 layers of 'model.decoder.layers'");
  }
}
