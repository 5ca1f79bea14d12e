package dev.kedge.data;

/**
 * One line of {@code index.jsonl}: a sample and where its bytes lie.
 *
 * @param source path in the source it came from
 * @param label position of its class
 * @param digest SHA-256 of the picture's bytes, 64 hexadecimal digits
 * @param shard position of its shard
 * @param offset first byte in the shard
 * @param length bytes of the encoded picture
 */
public record IndexedSample(
    String source, int label, String digest, int shard, long offset, int length) {}
