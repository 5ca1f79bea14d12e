package dev.kedge.data;

/**
 * What a share came to; the shares of a source add up to all of it.
 *
 * @param records how many records were looked at
 * @param leftOut how many of them were left out, but for those whose id another share has too
 */
public record Examined(int records, int leftOut) {}
