package dev.kedge.data;

/**
 * One tar of a prepared data set.
 *
 * @param name its file, for example {@code 000000.tar}
 * @param bytes its size
 * @param samples how many it holds
 */
public record Shard(String name, long bytes, int samples) {}
