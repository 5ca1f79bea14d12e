package dev.kedge.tensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a recipe comes to: a weight for each checkpoint. Applied in float32, as Σ wᵢ·θᵢ in order of
 * the checkpoints' digests, and rounded once to the stored type; one checkpoint with weight 1 is
 * copied bit for bit.
 *
 * @param weights weight by checkpoint digest, without zeros
 */
public record Mixture(SortedMap<String, Double> weights) {
  static final Mixture NOTHING = new Mixture(Collections.emptySortedMap());

  private static final ObjectMapper JSON = StrictJson.mapper();

  public Mixture {
    SortedMap<String, Double> sorted = new TreeMap<>(weights);
    sorted.values().removeIf(weight -> weight == 0);
    weights = Collections.unmodifiableSortedMap(sorted);
  }

  /** A single checkpoint as it is. */
  public static Mixture of(String checkpoint) {
    return new Mixture(new TreeMap<>(Map.of(checkpoint, 1.0)));
  }

  /** Whether this is one checkpoint, unchanged. */
  public boolean isCopy() {
    return weights.size() == 1 && weights.get(weights.firstKey()) == 1;
  }

  /** JSON that is equal, byte for byte, for equal mixtures. */
  public String canonical() {
    try {
      return JSON.writeValueAsString(weights);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of numbers always has a JSON form", e);
    }
  }

  /** {@code sha256:} and the digest of the canonical bytes: the name of these weights. */
  public String digest() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical().getBytes(UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
}
