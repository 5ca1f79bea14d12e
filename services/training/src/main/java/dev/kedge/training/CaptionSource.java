package dev.kedge.training;

import dev.kedge.data.IndexedSample;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.text.CaptionTemplates;
import dev.kedge.models.train.CaptionChoice;
import java.util.List;

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

  /** All that may be said. */
  List<String> texts() {
    if (!templates.needOwn()) {
      return classes().stream().flatMap(name -> templates.of(name, List.of()).stream()).toList();
    }
    return part.indices().stream()
        .map(part.dataset().samples()::get)
        .flatMap(sample -> templates.of(classes().get(sample.label()), sample.captions()).stream())
        .toList();
  }

  /** The same as token ids: those of classes at once, a picture's own when it is drawn. */
  CaptionChoice choice(StartingModel model) {
    if (templates.needOwn()) {
      return (label, own) -> model.ids(templates.of(classes().get(label), own));
    }
    List<List<long[]>> byClass =
        classes().stream().map(name -> model.ids(templates.of(name, List.of()))).toList();
    return (label, own) -> byClass.get(label);
  }
}
