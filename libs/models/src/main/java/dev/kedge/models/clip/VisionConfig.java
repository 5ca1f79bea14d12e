package dev.kedge.models.clip;

/**
 * The image tower.
 *
 * @param tower its blocks
 * @param imageSize height and width of an input image in pixels, a multiple of {@code patchSize}
 * @param patchSize height and width of a patch in pixels
 * @param channels colour channels, 3 for RGB
 */
public record VisionConfig(TowerConfig tower, int imageSize, int patchSize, int channels) {
  public VisionConfig {
    TowerConfig.requirePositive("image_size", imageSize);
    TowerConfig.requirePositive("patch_size", patchSize);
    TowerConfig.requirePositive("num_channels", channels);
    if (imageSize < patchSize) {
      throw new IllegalArgumentException(
          "image_size " + imageSize + " is smaller than patch_size " + patchSize);
    }
  }

  /** Tokens of an image: its patches and the class token. */
  public int tokens() {
    int side = imageSize / patchSize;
    return side * side + 1;
  }
}
