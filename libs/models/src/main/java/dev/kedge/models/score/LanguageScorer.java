package dev.kedge.models.score;

import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.AnswerTree;
import dev.kedge.models.language.Continuation;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A loaded language model that tells how unlikely it finds answers. */
public final class LanguageScorer implements AutoCloseable {
  /** Most tokens computed at once, padding included. */
  private static final int TOKENS_AT_ONCE = 4096;

  private final Scope scope = Scope.plain();
  private final LanguageModel model;
  private final Weights weights;

  /**
   * Loads a model.
   *
   * @param source under the names of {@link LanguageTensors}
   */
  public LanguageScorer(LanguageConfig config, TensorSource source) throws IOException {
    this.model = new LanguageModel(config);
    this.weights = Weights.read(scope, source, LanguageTensors.of(config).keySet());
  }

  /**
   * Scores sequences, those of like lengths together.
   *
   * @return of each, −ln p of its scored tokens given what stands before them
   */
  public double[] nats(List<AnswerSequence> sequences) {
    return natsOfTrees(sequences.stream().map(AnswerTree::of).toList(), () -> {});
  }

  /**
   * Scores sequences, the beginning that those of one question share computed once.
   *
   * @param questions for example a prompt with each of its choices
   * @param between called before each step of the work; may throw to end it
   * @return of each sequence of each question in turn, −ln p of its scored tokens
   */
  public double[] natsOfQuestions(List<List<AnswerSequence>> questions, Runnable between) {
    return natsOfTrees(questions.stream().flatMap(LanguageScorer::trees).toList(), between);
  }

  /**
   * One row of a question where its sequences have more in common than not: a longer row costs
   * attention between tokens that do not see each other.
   */
  private static Stream<AnswerTree> trees(List<AnswerSequence> question) {
    AnswerTree together = AnswerTree.of(question);
    return 3 * together.shared() >= together.tokens()
        ? Stream.of(together)
        : question.stream().map(AnswerTree::of);
  }

  private double[] natsOfTrees(List<AnswerTree> trees, Runnable between) {
    double[][] nats = new double[trees.size()][];
    // Rows without branches are computed faster among themselves.
    for (boolean branched : new boolean[] {false, true}) {
      scoreLike(trees, shortestFirst(trees, branched), nats, between);
    }
    return Arrays.stream(nats).flatMapToDouble(Arrays::stream).toArray();
  }

  private void scoreLike(
      List<AnswerTree> trees, List<Integer> order, double[][] nats, Runnable between) {
    List<Integer> together = new ArrayList<>();
    for (int next : order) {
      // The next one is the longest so far: all are padded to its length.
      if ((together.size() + 1) * trees.get(next).tokens() > TOKENS_AT_ONCE) {
        score(trees, together, nats, between);
        together.clear();
      }
      together.add(next);
    }
    score(trees, together, nats, between);
  }

  private static List<Integer> shortestFirst(List<AnswerTree> trees, boolean branched) {
    return IntStream.range(0, trees.size())
        .filter(i -> trees.get(i).sequences().size() > 1 == branched)
        .boxed()
        .sorted(Comparator.comparingInt(i -> trees.get(i).tokens()))
        .toList();
  }

  private void score(
      List<AnswerTree> trees, List<Integer> together, double[][] nats, Runnable between) {
    if (together.isEmpty()) {
      return;
    }
    between.run();
    float[] scored = logLikelihoods(TokenBatch.ofTrees(together.stream().map(trees::get).toList()));
    int row = 0;
    for (int tree : together) {
      List<AnswerSequence> sequences = trees.get(tree).sequences();
      nats[tree] = new double[sequences.size()];
      for (int i = 0; i < sequences.size(); i++) {
        for (int end = row + sequences.get(i).answer(); row < end; row++) {
          nats[tree][i] -= scored[row];
        }
      }
    }
  }

  private float[] logLikelihoods(TokenBatch tokens) {
    try (Scope batch = Scope.plain()) {
      Tensor states = model.states(batch, weights, tokens);
      return model.logLikelihoods(batch, weights, states, tokens.targets(batch)).floats();
    }
  }

  /** What the model writes after prompts, as {@link Continuation#of}. */
  public List<long[]> written(Continuation how, List<long[]> prompts) {
    return how.of(model, weights, prompts);
  }

  @Override
  public void close() {
    scope.close();
  }
}
