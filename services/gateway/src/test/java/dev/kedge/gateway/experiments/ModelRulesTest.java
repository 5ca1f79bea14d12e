package dev.kedge.gateway.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.models.language.NewLanguageModel;
import dev.kedge.plan.Problem;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.NewModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelRulesTest {
  private static final ModelOutline CLIP =
      NewModels.outline(
          NewModel.newBuilder()
              .setClip(NewModel.Clip.newBuilder().setVisionWidth(32).setVisionLayers(1))
              .build());
  private static final ModelOutline GPT2 =
      new ModelOutline.OfLanguage(
          new NewLanguageModel(8, 1, 2, 16, 300).of(NewLanguageModel.Kind.GPT2));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "q_proj | 'query' matches no weight that trains; there are [fc1, fc2, k_proj, out_proj,"
            + " q_proj, v_proj, visual_projection]",
        "mlp.fc1 | 'layer_norm1' matches no weight that trains; there are [fc1, fc2, k_proj,"
            + " out_proj, q_proj, v_proj, visual_projection]"
      })
  void ofWhatThereIsInPlaceOfATargetMatricesAloneAreNamed(String right, String message)
      throws InvalidProtocolBufferException {
    String wrong = message.substring(1, message.indexOf('\'', 1));
    String task = "'task': {'image_classification': {}}, ";
    String lora = "'methods': [{'id': 'a', 'lora': {'rank': [4], 'targets': ['%s']}}]";

    assertThat(check(task + lora.formatted(right), CLIP)).isEmpty();
    assertThat(check(task + lora.formatted(wrong), CLIP))
        .containsExactly(new Problem("methods[0].lora.targets", message));
  }

  @Test
  void aRankIsAtMostTheSmallerSideOfEveryTarget() throws InvalidProtocolBufferException {
    String spec =
        "'task': {'instruction': {}},"
            + " 'methods': [{'id': 'a', 'lora': {'rank': [8, 9], 'targets': ['c_fc', 'c_attn']}}]";

    assertThat(check(spec, GPT2))
        .singleElement()
        .hasToString(
            "methods[0].lora.rank[1]: 9 is above the smaller side of"
                + " transformer.h.0.attn.c_attn.weight, which is [8, 24]: write at most 8");
    assertThat(check(spec.replace(", 'targets': ['c_fc', 'c_attn']", ""), GPT2)).hasSize(1);
  }

  @Test
  void sequencesAreNoLongerThanTheModelsContext() throws InvalidProtocolBufferException {
    String instruction = "'task': {'instruction': {'context_tokens': %d}}";
    assertThat(check(instruction.formatted(16), GPT2)).isEmpty();
    assertThat(check(instruction.formatted(17), GPT2))
        .singleElement()
        .hasToString(
            "task.instruction.context_tokens: 17 is above the model's context of 16 tokens: write"
                + " at most that");
    assertThat(check("'task': {'language_modelling': {'block_tokens': 17}}", GPT2))
        .extracting(Problem::path)
        .containsExactly("task.language_modelling.block_tokens");
  }

  @Test
  void aRateFactorHoldsForSomethingThatEveryMethodTrains() throws InvalidProtocolBufferException {
    String spec =
        "'task': {'image_classification': {}}, 'training': {'rate_factors': [{'tensors': '%s'}]},"
            + " 'methods': [{'id': 'a', 'flyp': {}}, {'id': 'b', 'lp': {}}, {'id': 'c', 'l2': {}}]";

    assertThat(check(spec.formatted("vision_model.*"), CLIP)).isEmpty();
    assertThat(check(spec.formatted("text_model.*"), CLIP))
        .singleElement()
        .asString()
        .startsWith(
            "training.rate_factors[0].tensors: for the method `c`, 'text_model.*' matches no tensor"
                + " that trains; near it are ");
    assertThat(check(spec.formatted("head.*").replace("flyp", "full"), CLIP)).isEmpty();
  }

  /** Its text tower has more, which a classifier does not train. */
  @Test
  void blocksAreAtMostTheLayersOfWhatIsMixed() throws InvalidProtocolBufferException {
    String spec =
        "'task': {'image_classification': {}}, 'methods': [{'id': 'a', 'full': {}}],"
            + " 'averages': [{'id': 'x', %s, 'of': ['a']}]";

    assertThat(check(spec.formatted("'adaptive': {'rho': [0.5]}"), CLIP)).isEmpty();
    assertThat(check(spec.formatted("'adaptive': {'rho': [0.5], 'blocks': 1}"), CLIP)).isEmpty();
    assertThat(check(spec.formatted("'adaptive': {'rho': [0.5], 'blocks': 2}"), CLIP))
        .singleElement()
        .hasToString(
            "averages[0].adaptive.blocks: 2 blocks for the model's 1 layers: make at most one of"
                + " each layer");
    assertThat(check(spec.formatted("'blockwise': {'ratios': [0.2, 0.8]}"), CLIP))
        .extracting(Problem::path)
        .containsExactly("averages[0].blockwise.ratios");
  }

  /** A classifier's text tower does not train, so nothing of it is averaged. */
  @Test
  void anAverageOfSomeTensorsHasSomeThatTrain() throws InvalidProtocolBufferException {
    String spec =
        "'task': {'image_classification': {}}, 'methods': [{'id': 'a', 'full': {}}],"
            + " 'averages': [{'id': 'x', 'wise_ft': {'alphas': [0.5]}, %s, 'of': ['a']}]";

    assertThat(check(spec.formatted("'include': ['vision_model.*']"), CLIP)).isEmpty();
    assertThat(check(spec.formatted("'exclude': ['head.*']"), CLIP)).isEmpty();
    assertThat(check(spec.formatted("'include': ['text_model.*']"), CLIP))
        .singleElement()
        .hasToString(
            "averages[0].include: for the method `a`, no tensor that trains is left by include"
                + " [text_model.*], exclude []");
    assertThat(check(spec.formatted("'exclude': ['*']"), CLIP))
        .extracting(Problem::path)
        .containsExactly("averages[0].exclude");
  }

  private static List<Problem> check(String fields, ModelOutline model)
      throws InvalidProtocolBufferException {
    var spec = ExperimentSpec.newBuilder();
    JsonFormat.parser().merge("{" + fields.replace('\'', '"') + "}", spec);
    return ModelRules.check(spec.build(), model);
  }
}
