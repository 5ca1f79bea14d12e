package dev.kedge.models.fisher;

import dev.kedge.tensors.LayerBlocks;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The part of a model that a tensor belongs to, told by its name: of CLIP's towers and of the
 * language models' families.
 *
 * @param block from 0; empty for what lies outside of all blocks
 */
public record ModelPart(Kind kind, OptionalInt block) implements Comparable<ModelPart> {
  private static final Pattern HEAD = Pattern.compile("(?:lm_)?head\\..*");
  private static final Pattern PROJECTION =
      Pattern.compile("(?:.*\\.)?(?:\\w+_projection|project_(?:in|out))\\..*");
  private static final Pattern FIRST_NORM = Pattern.compile(".*\\.pre_layrnorm\\..*");
  private static final Pattern NORM = Pattern.compile(".*(?:norm\\d?|ln_\\w+)\\.(?:weight|bias)");

  private static final Comparator<ModelPart> ORDER =
      Comparator.<ModelPart>comparingInt(part -> part.stretch())
          .thenComparingInt(part -> part.block.orElse(0))
          .thenComparing(ModelPart::kind);

  /** What it does there, in the order of computation outside of blocks and within them. */
  public enum Kind {
    /** Tables, patches and the norm that follows them at once. */
    EMBEDDING,
    /** Queries, keys, values and output. */
    ATTENTION,
    /** The layers behind attention. */
    MLP,
    /** Norms, of blocks and behind the last one. */
    NORM,
    /** Between the model's width and another. */
    PROJECTION,
    /** What makes logits, where it is a tensor of its own. */
    HEAD
  }

  /** The part of a tensor. */
  public static ModelPart of(String tensor) {
    OptionalInt block = LayerBlocks.layerOf(tensor);
    return new ModelPart(block.isPresent() ? inBlock(tensor) : outside(tensor), block);
  }

  private static Kind inBlock(String tensor) {
    if (NORM.matcher(tensor).matches()) {
      return Kind.NORM;
    }
    return tensor.contains("attn.") ? Kind.ATTENTION : Kind.MLP;
  }

  private static Kind outside(String tensor) {
    if (HEAD.matcher(tensor).matches()) {
      return Kind.HEAD;
    }
    if (PROJECTION.matcher(tensor).matches()) {
      return Kind.PROJECTION;
    }
    boolean norm = NORM.matcher(tensor).matches() && !FIRST_NORM.matcher(tensor).matches();
    return norm ? Kind.NORM : Kind.EMBEDDING;
  }

  /** Before the blocks, among them, behind them. */
  private int stretch() {
    if (block.isPresent()) {
      return 1;
    }
    return kind == Kind.EMBEDDING ? 0 : 2;
  }

  @Override
  public int compareTo(ModelPart other) {
    return ORDER.compare(this, other);
  }
}
