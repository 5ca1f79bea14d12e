package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Recipes made into tensors: all of them in one reading of the checkpoints, chunk by chunk, in
 * memory that does not depend on the models' size. Recipes that need measures of a tensor, such as
 * angles and thresholds, read it again for each. The bytes do not depend on the number of threads.
 */
public final class Materialisation {
  private final List<Recipe> recipes;
  private final CheckpointSet checkpoints;
  private final Map<Object, Double> measures = new HashMap<>();

  private Materialisation(List<Recipe> recipes, CheckpointSet checkpoints) {
    this.recipes = recipes;
    this.checkpoints = checkpoints;
  }

  /** Watches how far the work has come, in the caller's thread; may throw to end it. */
  public interface Progress {
    /** So many bytes of each result are made, of {@code total}. */
    void made(long bytes, long total) throws IOException;
  }

  /**
   * Prepares the work. All that can be checked without reading weights is checked here.
   *
   * @param recipes one for each result, at least one
   * @param given checkpoints and Fisher diagonals by digest; others than needed are ignored
   * @param storedAs the type of floating-point tensors in the results; null for their own
   * @throws IllegalArgumentException if something is missing, or a recipe does not suit the tensors
   * @throws MismatchedCheckpointsException if names, shapes, types or integer tensors differ
   */
  public static Materialisation of(
      List<? extends Recipe> recipes, Map<String, ? extends TensorSource> given, DType storedAs)
      throws IOException {
    return new Materialisation(List.copyOf(recipes), CheckpointSet.check(recipes, given, storedAs));
  }

  /** The tensors of every result, by name. */
  public SortedMap<String, TensorSpec> specs() {
    return Collections.unmodifiableSortedMap(checkpoints.specs());
  }

  /**
   * Makes all tensors, in {@linkplain SafetensorsWriter#inFileOrder file order}.
   *
   * @param sinks where each recipe's result goes, written to by the caller's thread
   * @param threads that work, the caller's among them
   * @throws NonFiniteTensorException if a value read or made is NaN or infinite; the results are
   *     not complete
   */
  public void write(List<? extends TensorSink> sinks, int threads, Progress progress)
      throws IOException {
    write(SafetensorsWriter.inFileOrder(checkpoints.specs().values()), sinks, threads, progress);
  }

  /**
   * Makes some of the tensors, in the order given. What recipes measure over the whole model is
   * measured once, however many calls there are.
   */
  public void write(
      List<TensorSpec> tensors, List<? extends TensorSink> sinks, int threads, Progress progress)
      throws IOException {
    if (sinks.size() != recipes.size()) {
      throw new IllegalArgumentException(
          "%d recipes need as many sinks, not %d".formatted(recipes.size(), sinks.size()));
    }
    try (OrderedWork work = new OrderedWork(threads)) {
      Arena.Pool arenas = new Arena.Pool();
      Delivery delivery = new Delivery(sinks, progress, total(tensors));
      Feed feed =
          new Feed(new ModelMeasures(checkpoints, work, arenas, measures), tensors.iterator());
      work.run(feed, piece -> arenas.use(arena -> delivery.made(piece, arena)), delivery::take);
    }
  }

  private static long total(List<TensorSpec> tensors) {
    return tensors.stream().mapToLong(TensorSpec::bytes).sum();
  }

  /** A chunk of a tensor, and what each recipe comes to there. */
  private record Piece(Formula formula, List<Mixture> results, Chunk chunk) {}

  /** A piece's bytes, for each recipe. */
  private record Made(Piece piece, List<ByteBuffer> bytes) {}

  /** The pieces in order; recipes are worked out when their tensor's turn comes. */
  private final class Feed implements OrderedWork.Feed<Piece> {
    private final ModelMeasures model;
    private final Iterator<TensorSpec> tensors;
    private Iterator<Piece> pieces = Collections.emptyIterator();

    Feed(ModelMeasures model, Iterator<TensorSpec> tensors) {
      this.model = model;
      this.tensors = tensors;
    }

    @Override
    public Piece next() throws IOException {
      while (!pieces.hasNext()) {
        if (!tensors.hasNext()) {
          return null;
        }
        pieces = pieces(tensors.next());
      }
      return pieces.next();
    }

    private Iterator<Piece> pieces(TensorSpec spec) throws IOException {
      Derivation tensor = new Derivation(spec, model);
      List<Mixture> results = new ArrayList<>();
      for (Recipe recipe : recipes) {
        results.add(tensor.result(recipe));
      }
      Formula formula = tensor.formula();
      return Chunk.of(spec).stream().map(chunk -> new Piece(formula, results, chunk)).iterator();
    }
  }

  /** Makes bytes, and hands them to the sinks; buffers are used again. */
  private static final class Delivery {
    private final List<? extends TensorSink> sinks;
    private final Progress progress;
    private final long total;
    private final Deque<ByteBuffer> idle = new ConcurrentLinkedDeque<>();
    private long done;

    Delivery(List<? extends TensorSink> sinks, Progress progress, long total) {
      this.sinks = sinks;
      this.progress = progress;
      this.total = total;
    }

    Made made(Piece piece, Arena arena) throws IOException {
      Evaluation evaluation = new Evaluation(piece.formula, piece.chunk, arena);
      List<ByteBuffer> bytes = new ArrayList<>();
      for (Mixture result : piece.results) {
        ByteBuffer buffer = buffer();
        evaluation.emit(result, buffer);
        bytes.add(buffer.flip());
      }
      return new Made(piece, bytes);
    }

    void take(Made made) throws IOException {
      done += made.bytes.get(0).remaining();
      for (int i = 0; i < sinks.size(); i++) {
        sinks.get(i).write(made.piece.formula.spec().name(), made.bytes.get(i));
      }
      idle.addAll(made.bytes);
      progress.made(done, total);
    }

    private ByteBuffer buffer() {
      ByteBuffer buffer = idle.poll();
      return buffer == null ? ByteBuffer.allocateDirect(Chunk.MOST_BYTES) : buffer.clear();
    }
  }
}
