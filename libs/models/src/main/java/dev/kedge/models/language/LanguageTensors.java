package dev.kedge.models.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names and shapes of a language model's tensors, under Hugging Face's names. */
public final class LanguageTensors {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";

  private final Decoder decoder;
  private final TensorNames names;

  private LanguageTensors(LanguageConfig config) {
    this.decoder = config.decoder();
    this.names = config.family().names();
  }

  /** Every tensor of the model with its shape, in the model's order; a tied head is not one. */
  public static Map<String, long[]> of(LanguageConfig config) {
    return new LanguageTensors(config).shapes();
  }

  /**
   * The tensor that makes logits of states, {@code [vocabulary, width]}: the token table if tied.
   */
  public static String head(LanguageConfig config) {
    return config.decoder().tied() ? tokens(config) : TensorNames.HEAD;
  }

  /** One of the matrices between which the layers' products are taken. */
  static String product(LanguageConfig config) {
    return config.family().names().part(0, Part.OUTPUT, WEIGHT);
  }

  /** The token table: {@code [vocabulary, width]}. */
  public static String tokens(LanguageConfig config) {
    return config.family().names().tokenTable();
  }

  /** The position table of a model with learned positions: {@code [positions, width]}. */
  public static String positions(LanguageConfig config) {
    return config.family().names().positionTable();
  }

  private Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(names.tokenTable(), new long[] {decoder.vocabulary(), decoder.embedding()});
    if (decoder.positions() instanceof Positions.Learned learned) {
      long rows = (long) decoder.context() + learned.offset();
      shapes.put(names.positionTable(), new long[] {rows, decoder.width()});
    }
    if (decoder.projects()) {
      shapes.put(names.projection(true), new long[] {decoder.width(), decoder.embedding()});
      shapes.put(names.projection(false), new long[] {decoder.embedding(), decoder.width()});
    }
    for (int layer = 0; layer < decoder.layers(); layer++) {
      for (Part part : Part.values()) {
        addPart(shapes, layer, part);
      }
    }
    addEnd(shapes);
    return shapes;
  }

  private void addEnd(Map<String, long[]> shapes) {
    if (decoder.finalNorm() && decoder.normalisation().scaled()) {
      shapes.put(names.norm(WEIGHT), new long[] {decoder.width()});
    }
    if (decoder.finalNorm() && decoder.normalisation().biased()) {
      shapes.put(names.norm(BIAS), new long[] {decoder.width()});
    }
    if (!decoder.tied()) {
      shapes.put(TensorNames.HEAD, new long[] {decoder.vocabulary(), decoder.embedding()});
    }
  }

  /** Parts that share a map add up its outputs. */
  private void addPart(Map<String, long[]> shapes, int layer, Part part) {
    long in = part.inputWidth(decoder);
    long out = part.outputWidth(decoder);
    if (part.weighted(decoder)) {
      long[] shape = part.isNorm() ? new long[] {out} : map(in, out);
      shapes.merge(names.part(layer, part, WEIGHT), shape, (a, b) -> map(in, a[1] + out));
    }
    if (part.biased(decoder)) {
      shapes.merge(
          names.part(layer, part, BIAS), new long[] {out}, (a, b) -> new long[] {a[0] + out});
    }
  }

  private long[] map(long in, long out) {
    return names.fused() ? new long[] {in, out} : new long[] {out, in};
  }

  /** Weight and bias of each part of a layer in the kernels' order; empty where there is none. */
  static List<Optional<String>> layer(LanguageConfig config, int layer) {
    TensorNames names = config.family().names();
    List<Optional<String>> found = new ArrayList<>();
    for (Part part : Part.values()) {
      boolean weighted = part.weighted(config.decoder());
      boolean biased = part.biased(config.decoder());
      found.add(named(weighted, names, layer, part, WEIGHT));
      found.add(named(biased, names, layer, part, BIAS));
    }
    return found;
  }

  private static Optional<String> named(
      boolean present, TensorNames names, int layer, Part part, String end) {
    return present ? Optional.of(names.part(layer, part, end)) : Optional.empty();
  }

  /** Weight and bias of the norm after the last layer, and the projection behind it. */
  static List<Optional<String>> end(LanguageConfig config) {
    Decoder decoder = config.decoder();
    TensorNames names = config.family().names();
    boolean norm = decoder.finalNorm();
    return List.of(
        Optional.of(names.norm(WEIGHT)).filter(any -> norm && decoder.normalisation().scaled()),
        Optional.of(names.norm(BIAS)).filter(any -> norm && decoder.normalisation().biased()),
        Optional.of(names.projection(false)).filter(any -> decoder.projects()));
  }

  /** The token table, the position table, and the projection behind the first. */
  static List<Optional<String>> start(LanguageConfig config) {
    Decoder decoder = config.decoder();
    TensorNames names = config.family().names();
    return List.of(
        Optional.of(names.tokenTable()),
        Optional.of(names.positionTable())
            .filter(any -> decoder.positions() instanceof Positions.Learned),
        Optional.of(names.projection(true)).filter(any -> decoder.projects()));
  }
}
