package dev.kedge.models.fisher;

import static dev.kedge.models.fisher.SquaredGradients.KERNELS;

import dev.kedge.models.language.Decoder;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * One batch's share of the sums for the token table and the head, which may be one tensor.
 *
 * <p>The way back through the head is written out, some rows at a time, so that logits are never
 * held as a whole. A sequence's gradient of the head is as large as the head, but it is known
 * before the gradient of what the sequence reads: of a tied table only the rows that are read wait
 * for it.
 */
final class TableSquares {
  /** Logits held at once: 4 MiB, or as many as a product with the head is worth its call for. */
  private static final int LOGITS = 1 << 20;

  private static final int LEAST_ROWS = 128;

  private final Scope scope;
  private final LanguageModel model;
  private final Weights weights;
  private final Weights sums;
  private final TokenBatch batch;
  private final Tensor ids;
  private final List<Waiting> waiting = new ArrayList<>();

  /**
   * Rows of the token table that a sequence reads.
   *
   * @param rows their numbers, each once
   * @param places which of them stands at each place of the sequence
   * @param asked a tied head's gradient at them; empty where the head is apart
   */
  private record Waiting(Tensor rows, Tensor places, List<Tensor> asked) {}

  TableSquares(Scope scope, LanguageModel model, Weights weights, Weights sums, TokenBatch batch) {
    this.scope = scope;
    this.model = model;
    this.weights = weights;
    this.sums = sums;
    this.batch = batch;
    this.ids = batch.ids(scope);
  }

  /**
   * Adds the head, but for rows that wait.
   *
   * @param tape where the states were recorded
   * @param states {@code [scored rows, width]}
   * @return a scalar on the tape with the likelihood's derivative
   */
  Tensor addHead(Scope tape, Tensor states, Answers answers) {
    Tensor targets = batch.targets(scope);
    Tensor atStates = KERNELS.tensor(scope, "zeros", states, batch.scored());
    int first = 0;
    for (int sequence = 0; sequence < batch.sequences(); sequence++) {
      int end = first + batch.answers()[sequence];
      try (Scope each = Scope.plain()) {
        Tensor atHead =
            KERNELS.tensor(each, "zeros", states, model.config().decoder().vocabulary());
        for (int from = first; from < end; from += most()) {
          int rows = Math.min(most(), end - from);
          throughHead(new Place(from, rows), states, targets, answers, atHead, atStates);
        }
        addHead(sequence, atHead);
      }
      first = end;
    }
    return KERNELS.tensor(tape, "along", states, atStates);
  }

  /** Some scored rows. */
  private record Place(int from, int rows) {
    Tensor of(Scope scope, Tensor all) {
      return KERNELS.tensor(scope, "some_rows", all, from, rows);
    }
  }

  private int most() {
    return Math.max(LEAST_ROWS, LOGITS / model.config().decoder().vocabulary());
  }

  private void throughHead(
      Place place, Tensor states, Tensor targets, Answers answers, Tensor atHead, Tensor atStates) {
    try (Scope some = Scope.plain()) {
      Tensor logits = model.logits(some, weights, place.of(some, states));
      Tensor g = answers.gradient(some, logits, place.of(some, targets), place.from());
      Tensor head = weights.get(LanguageTensors.head(model.config()));
      KERNELS.run(
          some, "back_through_head", List.of(atHead, atStates, states, head, g, place.from()));
    }
  }

  private void addHead(int sequence, Tensor atHead) {
    List<Tensor> read = KERNELS.tensors(scope, "read_once", ids, sequence);
    List<Tensor> asked =
        model.config().decoder().tied()
            ? List.of(KERNELS.tensor(scope, "cut", atHead, read.get(0)))
            : List.of();
    Tensor sum = sums.get(LanguageTensors.head(model.config()));
    KERNELS.run(scope, "add_square", List.of(sum, atHead));
    waiting.add(new Waiting(read.get(0), read.get(1), asked));
  }

  /**
   * Adds the token table, with the rows that have waited.
   *
   * @param gradient at the table's rows, {@code [sequences, tokens, width]}
   */
  void addRead(Tensor gradient) {
    Decoder decoder = model.config().decoder();
    Tensor sum = sums.get(LanguageTensors.tokens(model.config()));
    for (int sequence = 0; sequence < waiting.size(); sequence++) {
      Waiting own = waiting.get(sequence);
      try (Scope each = Scope.plain()) {
        Tensor read =
            KERNELS.tensor(
                each,
                "read_gradient",
                gradient,
                ids,
                sequence,
                decoder.paddingId(),
                own.places(),
                own.rows());
        for (Tensor asked : own.asked()) {
          read = KERNELS.tensor(each, "plus", read, asked);
        }
        KERNELS.run(each, "add_square_at", List.of(sum, own.rows(), read));
      }
    }
  }
}
