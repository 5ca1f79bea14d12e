package dev.kedge.data;

import java.util.List;

/**
 * A picture as CLIP wants it: shortest edge resized, centre cropped, rescaled and normalised, equal
 * to transformers' Pillow-backed {@code CLIPImageProcessor}.
 *
 * <p>Read it from a model's {@code preprocessor_config.json} with {@link PreprocessorConfig}.
 *
 * @param shortestEdge pixels of the shorter side after resizing; the longer one is truncated, not
 *     rounded
 * @param cropWidth pixels of the result, at most {@code shortestEdge}
 * @param cropHeight pixels of the result, at most {@code shortestEdge}
 * @param rescale factor on 0 to 255; in published configurations the decimal 0.00392156862745098
 * @param mean three numbers, red green blue, subtracted after rescaling
 * @param std three positive numbers, divided by after that
 */
public record ClipPreprocessing(
    int shortestEdge,
    int cropWidth,
    int cropHeight,
    double rescale,
    List<Double> mean,
    List<Double> std) {

  private static final int CHANNELS = 3;

  public ClipPreprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (cropWidth < 1 || cropHeight < 1 || Math.max(cropWidth, cropHeight) > shortestEdge) {
      throw new IllegalArgumentException(
          "crop_size %d x %d must be at least 1 and at most size.shortest_edge, %d"
              .formatted(cropWidth, cropHeight, shortestEdge));
    }
    if (mean.size() != CHANNELS || std.size() != CHANNELS || std.stream().anyMatch(s -> s <= 0)) {
      throw new IllegalArgumentException(
          "image_mean and image_std need three numbers each, image_std positive; got %s and %s"
              .formatted(mean, std));
    }
  }

  /** OpenAI's constants for a square model input of so many pixels. */
  public static ClipPreprocessing ofSize(int pixels) {
    return new ClipPreprocessing(
        pixels,
        pixels,
        pixels,
        0.00392156862745098,
        List.of(0.48145466, 0.4578275, 0.40821073),
        List.of(0.26862954, 0.26130258, 0.27577711));
  }

  /** How many floats one picture becomes: {@code 3 * cropHeight * cropWidth}. */
  public int pixelCount() {
    return CHANNELS * cropHeight * cropWidth;
  }

  /** The 8-bit half: resizes and crops to {@code cropWidth x cropHeight}. */
  public Picture crop(Picture picture) {
    int shorter = Math.min(picture.width(), picture.height());
    int width = resized(picture.width(), shorter);
    int height = resized(picture.height(), shorter);
    int left = (width - cropWidth) / 2;
    int top = (height - cropHeight) / 2;
    return PillowResize.window(
        picture, width, height, new PillowResize.Window(left, top, cropWidth, cropHeight));
  }

  /** A drawn part of a picture in place of its centre: {@code cropWidth x cropHeight}. */
  public Picture crop(Picture picture, RandomArea area, long draw) {
    return area.apply(picture, cropWidth, cropHeight, draw);
  }

  private int resized(int side, int shorter) {
    return Math.toIntExact((long) shortestEdge * side / shorter);
  }

  /**
   * The float half: writes a cropped picture as {@code [3, cropHeight, cropWidth]} at an offset.
   *
   * @throws IllegalArgumentException if the picture has another size
   */
  public void normalise(Picture cropped, float[] pixels, int offset) {
    if (cropped.width() != cropWidth || cropped.height() != cropHeight) {
      throw new IllegalArgumentException(
          "expected a picture of %d x %d, got %d x %d: crop it first"
              .formatted(cropWidth, cropHeight, cropped.width(), cropped.height()));
    }
    int plane = cropWidth * cropHeight;
    for (int channel = 0; channel < CHANNELS; channel++) {
      float[] levels = levels(channel);
      int to = offset + channel * plane;
      for (int from = channel; from < cropped.rgb().length; from += CHANNELS) {
        pixels[to++] = levels[cropped.rgb()[from] & 0xFF];
      }
    }
  }

  private float[] levels(int channel) {
    float[] levels = new float[256];
    float mean = this.mean.get(channel).floatValue();
    float std = this.std.get(channel).floatValue();
    for (int level = 0; level < levels.length; level++) {
      levels[level] = ((float) (level * rescale) - mean) / std;
    }
    return levels;
  }

  /** Both halves: {@code [3, cropHeight, cropWidth]}. */
  public float[] pixels(Picture picture) {
    float[] pixels = new float[pixelCount()];
    normalise(crop(picture), pixels, 0);
    return pixels;
  }
}
