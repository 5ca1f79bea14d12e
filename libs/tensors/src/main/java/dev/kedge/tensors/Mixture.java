package dev.kedge.tensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a recipe comes to: a weight for each checkpoint, and for each inner result that is no
 * weighted sum of checkpoints. Applied in float32, as Σ wᵢ·θᵢ in order of the names, and rounded
 * once to the stored type; one checkpoint with weight 1 is copied bit for bit.
 *
 * @param weights weight by checkpoint digest, or by the name of an inner result, without zeros
 */
public record Mixture(@JsonValue SortedMap<String, Double> weights) {
  static final Mixture NOTHING = new Mixture(Collections.emptySortedMap());

  private static final ObjectMapper JSON = StrictJson.mapper();

  /** What the names of results begin with, unlike the digests of checkpoints. */
  private static final String RESULT = "recipe:";

  public Mixture {
    SortedMap<String, Double> sorted = new TreeMap<>(weights);
    sorted.values().removeIf(weight -> weight == 0);
    weights = Collections.unmodifiableSortedMap(sorted);
  }

  /** A single checkpoint as it is. */
  public static Mixture of(String checkpoint) {
    return new Mixture(new TreeMap<>(Map.of(checkpoint, 1.0)));
  }

  /**
   * A result that is no weighted sum, under a name made from what determines it.
   *
   * @param operation how it is computed
   * @param arguments what from: numbers, names, mixtures, and lists and records of them
   */
  static Mixture ofResult(String operation, Object... arguments) {
    return of(RESULT + hash(json(List.of(operation, arguments))));
  }

  /** Whether this is one checkpoint, unchanged. */
  public boolean isCopy() {
    return isSingle() && !weights.firstKey().startsWith(RESULT);
  }

  /** Whether this is one checkpoint or one result, unchanged. */
  boolean isSingle() {
    return weights.size() == 1 && weights.get(weights.firstKey()) == 1;
  }

  /** Whether no part of this is the result of an inner recipe. */
  boolean isOfCheckpoints() {
    return weights.keySet().stream().noneMatch(name -> name.startsWith(RESULT));
  }

  /** JSON that is equal, byte for byte, for equal mixtures. */
  public String canonical() {
    return json(weights);
  }

  /** {@code sha256:} and the digest of the canonical bytes: the name of these weights. */
  public String digest() {
    return "sha256:" + hash(canonical());
  }

  /** This mixture as a recipe, if it is one of checkpoints alone. */
  Recipe recipe() {
    List<Recipe.Term> terms = new ArrayList<>();
    weights.forEach((name, weight) -> terms.add(new Recipe.Term(new Recipe.Stored(name), weight)));
    return new Recipe.Linear(terms, false);
  }

  /** The way from this mixture to another: this at 0, the other at 1. */
  Mixture towards(Mixture other, double share) {
    return times(1 - share).plus(other.times(share));
  }

  Mixture minus(Mixture other) {
    return plus(other.times(-1));
  }

  Mixture times(double factor) {
    SortedMap<String, Double> scaled = new TreeMap<>(weights);
    scaled.replaceAll((checkpoint, weight) -> weight * factor);
    return new Mixture(scaled);
  }

  Mixture plus(Mixture other) {
    SortedMap<String, Double> sum = new TreeMap<>(weights);
    other.weights.forEach((checkpoint, weight) -> sum.merge(checkpoint, weight, Double::sum));
    return new Mixture(sum);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and names always have a JSON form", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
