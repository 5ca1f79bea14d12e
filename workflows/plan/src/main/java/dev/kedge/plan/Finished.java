package dev.kedge.plan;

/**
 * What a finished stage is known by.
 *
 * @param key its stage key, 64 hexadecimal digits
 * @param artifact its output's digest
 */
public record Finished(String key, String artifact) {}
