package dev.kedge.training;

import dev.kedge.data.IndexedSample;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.text.CaptionTemplates;
import dev.kedge.models.train.CaptionChoice;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part of a data set with what is said of its pictures. */
record CaptionSource(LabelledPictures.Part part, CaptionTemplates templates) {
  /**
   * Checks that every picture has what the templates ask for.
   *
   * @throws IllegalArgumentException if one has no caption of its own
   */
  CaptionSource {
    if (templates.needOwn()) {
      part.indices().stream()
          .map(part.dataset().samples()::get)
          .filter(sample -> sample.captions().isEmpty())
          .findFirst()
          .ifPresent(CaptionSource::refuse);
    }
  }

  private static void refuse(IndexedSample sample) {
    throw new IllegalArgumentException(
        "'%s' has no caption, which {caption} asks for: import the data with --format image_captions"
            .formatted(sample.source()));
  }

  private List<String> classes() {
    return part.dataset().classes();
  }

  /** All that may be said, each text made when it is reached. */
  Stream<String> texts() {
    return templates.needOwn()
        ? samples().flatMap(sample -> said(sample.label(), sample.captions()).stream())
        : classes().stream().flatMap(name -> templates.of(name, List.of()).stream());
  }

  /** How many texts that is. */
  int count() {
    return templates.needOwn()
        ? samples().mapToInt(sample -> templates.count(sample.captions().size())).sum()
        : classes().size() * templates.count(0);
  }

  /**
   * What may be said of a picture, as token ids: what is said of its class is made once, a caption
   * of its own when it is drawn.
   */
  CaptionChoice choice(Function<String, long[]> tokenizer) {
    List<List<String>> ofClasses =
        classes().stream().map(name -> templates.of(name, List.of())).toList();
    Map<String, long[]> ids =
        ofClasses.stream()
            .flatMap(List::stream)
            .distinct()
            .collect(Collectors.toMap(text -> text, tokenizer));
    if (!templates.needOwn()) {
      return CaptionChoice.among(
          ofClasses.stream().map(texts -> texts.stream().map(ids::get).toList()).toList());
    }
    return (label, own, random) -> {
      List<String> texts = said(label, own);
      String drawn = texts.get(random.nextInt(texts.size()));
      long[] made = ids.get(drawn);
      return made == null ? tokenizer.apply(drawn) : made;
    };
  }

  private Stream<IndexedSample> samples() {
    return part.indices().stream().map(part.dataset().samples()::get);
  }

  private List<String> said(int label, List<String> own) {
    return templates.of(classes().get(label), own);
  }
}
