package dev.kedge.models.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/**
 * Random values for new tensors: a function of seed, name and number alone.
 *
 * @param seed of the model
 */
public record InitialValues(long seed) {
  /** Values of a normal distribution around 0 with the given deviation. */
  public float[] normal(String name, int count, double deviation) {
    // Random's algorithm is part of Java's specification: the same numbers everywhere.
    Random random = new Random(seedOf(name));
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private long seedOf(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest((seed + " " + name).getBytes(UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
