package dev.kedge.models.images;

import dev.kedge.data.Augmentation;
import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.Picture;
import dev.kedge.data.PictureDecoder;
import dev.kedge.data.PreparedDataset;
import dev.kedge.data.RandomArea;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Chosen samples of one or several prepared data sets, cropped to a model's size. A cropped picture
 * is kept after its first use where all of them fit the memory allowed. Safe for use by threads.
 */
public final class LabelledPictures {
  private final ClipPreprocessing preprocessing;
  private final List<Sample> samples;
  private final AtomicReferenceArray<Picture> kept;
  private final boolean keeping;
  private final PictureDecoder decoder = new PictureDecoder();

  /**
   * Joins parts in order.
   *
   * @param parts at least one sample in all
   * @param memory bytes that may be kept
   */
  public LabelledPictures(ClipPreprocessing preprocessing, List<Part> parts, long memory) {
    this.preprocessing = preprocessing;
    this.samples = samples(parts);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("there are no samples; give a data set that has some");
    }
    this.kept = new AtomicReferenceArray<>(samples.size());
    this.keeping = (long) samples.size() * preprocessing.pixelCount() <= memory;
  }

  private static List<Sample> samples(List<Part> parts) {
    List<Sample> samples = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      PreparedDataset dataset = parts.get(part).dataset();
      for (int index : parts.get(part).indices()) {
        samples.add(new Sample(dataset, index, part));
      }
    }
    return List.copyOf(samples);
  }

  /** Number of samples. */
  public int size() {
    return samples.size();
  }

  /** The class of a sample in its own data set. */
  public int label(int sample) {
    Sample place = samples.get(sample);
    return place.dataset().label(place.index());
  }

  /** The names of samples. */
  public List<String> names(int[] chosen) {
    return Arrays.stream(chosen).mapToObj(this::name).toList();
  }

  /** The classes of samples. */
  public long[] labels(int[] chosen) {
    long[] labels = new long[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      labels[i] = label(chosen[i]);
    }
    return labels;
  }

  /** What its own data set says of a sample; may be empty. */
  public List<String> captions(int sample) {
    Sample place = samples.get(sample);
    return place.dataset().samples().get(place.index()).captions();
  }

  /** The part from which a sample comes. */
  public int part(int sample) {
    return samples.get(sample).part();
  }

  /** What a sample is called, in messages and caches; no two are called the same. */
  public String name(int sample) {
    Sample place = samples.get(sample);
    String source = place.dataset().samples().get(place.index()).source();
    return place.part() == 0 ? source : place.part() + ":" + source;
  }

  /** How pictures become numbers. */
  public ClipPreprocessing preprocessing() {
    return preprocessing;
  }

  /** A sample's picture in its own size; not kept. */
  private Picture whole(int sample) {
    Sample place = samples.get(sample);
    return decoder.decode(place.dataset().picture(place.index()));
  }

  /** A sample's picture, its centre at the model's size. */
  public Picture picture(int sample) {
    Picture picture = kept.get(sample);
    if (picture == null) {
      picture = preprocessing.crop(whole(sample));
      if (keeping) {
        kept.set(sample, picture);
      }
    }
    return picture;
  }

  /**
   * Pictures as numbers, row-major {@code [samples, 3, height, width]}.
   *
   * @param view how each is seen
   */
  public float[] pixels(int[] chosen, View view) {
    int size = preprocessing.pixelCount();
    float[] pixels = new float[Math.multiplyExact(chosen.length, size)];
    for (int i = 0; i < chosen.length; i++) {
      Picture seen = view.of(this, chosen[i]);
      preprocessing.normalise(seen, pixels, i * size);
    }
    return pixels;
  }

  /** How a sample is seen. */
  @FunctionalInterface
  public interface View {
    /** Its centre as it is. */
    View PLAIN = LabelledPictures::picture;

    /** The picture to see, at the model's size. */
    Picture of(LabelledPictures pictures, int sample);

    /** As an epoch of an augmented run sees it. */
    static View augmented(Augmentation augmentation, int epoch) {
      return (pictures, sample) -> augmentation.apply(pictures.sized(sample), sample, epoch);
    }
  }

  private Augmentation.Sized sized(int sample) {
    return new Augmentation.Sized() {
      @Override
      public Picture centre() {
        return picture(sample);
      }

      @Override
      public Picture area(RandomArea area, long draw) {
        return preprocessing.crop(whole(sample), area, draw);
      }
    };
  }

  /**
   * Samples of one data set.
   *
   * @param indices which, in this order
   */
  public record Part(PreparedDataset dataset, List<Integer> indices) {
    public Part {
      indices = List.copyOf(indices);
    }

    /** Its part for training. */
    public static Part training(PreparedDataset dataset, double validationFraction, long seed) {
      return of(dataset, dataset.split(validationFraction, seed).training());
    }

    /** Its part for validation. */
    public static Part validation(PreparedDataset dataset, double validationFraction, long seed) {
      return of(dataset, dataset.split(validationFraction, seed).validation());
    }

    private static Part of(PreparedDataset dataset, int[] indices) {
      return new Part(dataset, Arrays.stream(indices).boxed().toList());
    }

    /** All samples of a data set. */
    public static Part all(PreparedDataset dataset) {
      return new Part(dataset, IntStream.range(0, dataset.size()).boxed().toList());
    }
  }

  private record Sample(PreparedDataset dataset, int index, int part) {}
}
