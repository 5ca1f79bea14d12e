package dev.kedge.data;

/**
 * What is known of a picture once it was decoded.
 *
 * @param format {@code jpg}, {@code png}, {@code webp} or {@code gif}
 * @param width in pixels, upright
 * @param height in pixels, upright
 */
record PictureFacts(String format, int width, int height) {}
