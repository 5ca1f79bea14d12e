package dev.kedge.tensors;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a model each tensor lies, told by its name: CLIP's two towers and the language models'
 * families name their layers {@code …layers.N.…} or {@code …h.N.…}.
 *
 * @param depths the number of layers of each tower, by what stands before the layer's number
 */
record Layers(Map<String, Integer> depths) {
  private static final Pattern IN_LAYER =
      Pattern.compile("(?<tower>(.*\\.)?(layers|h|resblocks|blocks))\\.(?<layer>\\d{1,6})\\..*");

  /** A part of the model outside its layers. The first that fits is taken. */
  enum Outside {
    /** After the last layer's norm: projections, classifiers, the temperature. */
    HEAD(
        "(.*\\.)?(lm_head|embed_out|head|score|classifier|project_out)\\..*"
            + "|(.*\\.)?(visual_projection|text_projection)(\\..*)?|(.*\\.)?logit_(scale|bias)"),
    /** Before the first layer: tables, patches, and what follows them at once. */
    EMBEDDINGS("(.*\\.)?(embed\\w*|wte|wpe|\\w+_embeddings?|project_in|pre_layrnorm)(\\..*)?"),
    /** After the last layer. */
    NORM("(.*\\.)?(norm|ln_f|\\w*layer_?norm)\\..*");

    private final Pattern names;

    Outside(String names) {
      this.names = Pattern.compile(names);
    }
  }

  /** Counts the layers of each tower. */
  static Layers of(Collection<String> names) {
    Map<String, Integer> depths = new TreeMap<>();
    for (String name : names) {
      Matcher matcher = IN_LAYER.matcher(name);
      if (matcher.matches()) {
        depths.merge(matcher.group("tower"), layer(matcher) + 1, Math::max);
      }
    }
    return new Layers(depths);
  }

  /** The layer of a tensor, counted from 0; empty outside of layers. */
  static OptionalInt layerOf(String tensor) {
    Matcher matcher = IN_LAYER.matcher(tensor);
    return matcher.matches() ? OptionalInt.of(layer(matcher)) : OptionalInt.empty();
  }

  /** The block of layer {@code layer} of {@code depth}, both counted from 0. */
  static int block(int layer, int depth, int blocks) {
    return (int) ((long) layer * blocks / depth);
  }

  /** How many layers the deepest tower has; 0 where no tensor lies in a layer. */
  int deepest() {
    return depths.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /**
   * Refuses more blocks than the deepest tower has layers. A shallower one has no layer in some.
   *
   * @throws IllegalArgumentException naming the tower
   */
  void requireAtLeast(int blocks) {
    depths.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(tower -> blocks > tower.getValue())
        .ifPresent(
            tower -> {
              throw new IllegalArgumentException(
                  "%d ratios for the %d layers of '%s'; give at most one for each layer"
                      .formatted(blocks, tower.getValue(), tower.getKey()));
            });
  }

  /** What a tensor's ratio is, given the rules for layers and for what lies outside of them. */
  double ratio(String tensor, InLayer inLayer, Map<Outside, Double> outside) {
    Matcher matcher = IN_LAYER.matcher(tensor);
    return matcher.matches()
        ? inLayer.ratio(layer(matcher), depths.get(matcher.group("tower")))
        : outside.get(outside(tensor));
  }

  /** The ratio of layer {@code layer} of {@code depth}, counted from 0. */
  interface InLayer {
    double ratio(int layer, int depth);
  }

  private static Outside outside(String tensor) {
    for (Outside part : Outside.values()) {
      if (part.names.matcher(tensor).matches()) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        ("tensor '%s' is in no layer, and its name is not that of embeddings, norm or head;"
                + " give it a ratio of its own with by_name")
            .formatted(tensor));
  }

  private static int layer(Matcher matcher) {
    return Integer.parseInt(matcher.group("layer"));
  }
}
