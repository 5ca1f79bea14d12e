package dev.kedge.training;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFamily;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageInitialisation;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.language.LanguageWeights;
import dev.kedge.models.language.NewLanguageModel;
import dev.kedge.models.language.TokenVocabulary;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.stage.v1.LanguageArchitecture;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A language model before training.
 *
 * @param config its architecture as it is trained
 * @param stored all its tensors
 * @param tokenizer its tokenizer
 * @param companions a folder with its tokenizer's files
 */
record StartingLanguageModel(
    LanguageConfig config, TensorSource stored, LanguageTokenizer tokenizer, Path companions)
    implements StartingPoint {

  /**
   * A Hugging Face folder.
   *
   * @param ownHead whether a head that is tied to the token table is to train alone, as a copy
   */
  static StartingLanguageModel of(Path folder, boolean ownHead) throws IOException {
    LanguageConfig config = LanguageFolder.check(folder);
    LanguageTokenizer tokenizer = LanguageTokenizer.open(folder);
    return new StartingLanguageModel(
        ownHead ? config.untied() : config, Checkpoint.open(folder), tokenizer, folder);
  }

  /**
   * Random weights, and a vocabulary made for the texts that will be trained on.
   *
   * @param folder where the new tokenizer's files go
   */
  static StartingLanguageModel random(
      LanguageArchitecture architecture, Stream<String> texts, long seed, Path folder) {
    TokenVocabulary vocabulary = TokenVocabulary.of(texts, architecture.getVocabularySize());
    vocabulary.writeTo(folder, architecture.getContextLength());
    LanguageConfig config = config(architecture, vocabulary.size());
    return new StartingLanguageModel(
        config, LanguageInitialisation.of(config, seed), LanguageTokenizer.open(folder), folder);
  }

  private static LanguageConfig config(LanguageArchitecture architecture, int vocabulary) {
    return new NewLanguageModel(
            architecture.getWidth(),
            architecture.getLayers(),
            architecture.getHeads(),
            architecture.getContextLength(),
            vocabulary)
        .of(NewLanguageModel.Kind.valueOf(architecture.getFamily().name()));
  }

  /** All weights in native memory. */
  Weights weights(Scope scope) throws IOException {
    return LanguageWeights.read(scope, config, LanguageFolder.named(config, stored));
  }

  /** Whether matrices are {@code [in, out]}. */
  boolean isTransposed() {
    return config.family() == LanguageFamily.GPT2;
  }

  List<String> names() {
    return List.copyOf(LanguageTensors.of(config).keySet());
  }

  /**
   * The length of a sequence that a spec asks for.
   *
   * @param asked tokens; 0 for the whole context
   */
  int sequenceLength(int asked) {
    int context = config.decoder().context();
    if (asked > context) {
      throw new IllegalArgumentException(
          "sequences of %d tokens do not fit the model's context of %d".formatted(asked, context));
    }
    return asked == 0 ? context : asked;
  }

  @Override
  public void write(Path folder, Weights trained) throws IOException {
    LanguageFolder.write(folder, config, trained.only(names()).snapshot());
  }

  @Override
  public void close() throws IOException {
    tokenizer.close();
    if (stored instanceof Checkpoint checkpoint) {
      checkpoint.close();
    }
  }
}
