package dev.kedge.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Models that learn for a moment, made by a running platform.
 *
 * @param folder where their experiments are written
 */
record SmallModels(RunningKedge kedge, ShapedData data, Path folder) {

  /** A CLIP, registered under all the names, with the alias {@code start}. */
  void clip(String... names) throws IOException {
    kedge.importDataset("learnt-pictures", data.pictures("learnt-pictures", ShapedData.PACS));
    kedge.importDataset("other-pictures", data.pictures("other-pictures", ShapedData.PACS));
    model(
        """
        new_model: {clip: {vision_width: 16, vision_layers: 1, vision_heads: 2, text_width: 16,
                           text_layers: 1, text_heads: 2, projection: 8}}
        task: {contrastive: {sources: [{dataset: datasets/learnt-pictures, captions: ["a {}"]}]}}
        training: {epochs: 1, learning_rate: 1e-3}
        methods: [{id: full, full: {}}]
        evaluations:
          - {id: other, dataset: datasets/other-pictures, role: SPECIALITY, templates: ["a {}"]}
        """,
        names);
  }

  /** A language model, registered under all the names, with the alias {@code start}. */
  void language(String... names) throws IOException {
    kedge.importDataset("learnt-texts", data.texts("wiki-learnt"));
    kedge.importDataset("other-texts", data.texts("wiki-other"));
    model(
        """
        new_model: {language: {family: GALACTICA, width: 16, layers: 1, heads: 2,
                               context_length: 1024, vocabulary_size: 300}}
        task: {language_modelling: {sources: [datasets/learnt-texts], block_tokens: 16}}
        training: {epochs: 1, learning_rate: 1e-3}
        methods: [{id: full, full: {}}]
        evaluations:
          - {id: other, dataset: datasets/other-texts, role: SPECIALITY, language: {},
             allow_exact_overlap: true}
        """,
        names);
  }

  private void model(String experiment, String... names) throws IOException {
    String title = names[0];
    Path file = Files.writeString(folder.resolve(title + ".yaml"), experiment);
    kedge.kedge("launch", file.toString(), "--title", title, "--wait");
    for (String name : names) {
      kedge.kedge("promote", title, name + "@start");
    }
  }
}
