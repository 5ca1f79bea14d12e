package dev.kedge.tensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** Random numbers that are a function of a key and a place, so that any part can be drawn alone. */
final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private RandomStream() {}

  /** A key for one stream under a seed. */
  static long key(int seed, String stream) {
    UUID hash = UUID.nameUUIDFromBytes((seed + " " + stream).getBytes(UTF_8));
    return mix(hash.getMostSignificantBits() ^ mix(hash.getLeastSignificantBits()));
  }

  /** A number in [0, 1), uniform over multiples of 2⁻⁵³: SplitMix64 (Steele et al., 2014). */
  static double uniform(long key, long place) {
    return (mix(key + place * GOLDEN_GAMMA) >>> 11) * 0x1p-53;
  }

  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
