package dev.kedge.training;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.kedge.stage.v1.FeaturesSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What features were computed from, kept beside them: two runs with the same samples may see them
 * differently, and features of other looks would teach without a word.
 */
record FeatureOrigin(FeaturesSpec spec) {
  private static final String NAME = "origin.textproto";

  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(NAME), TextFormat.printer().printToString(spec));
  }

  static FeatureOrigin read(Path folder) throws IOException {
    return new FeatureOrigin(
        TextFormat.parse(Files.readString(folder.resolve(NAME)), FeaturesSpec.class));
  }

  /**
   * Checks that the features are those that a run needs; more epochs than it has do no harm.
   *
   * @throws IllegalArgumentException naming the first difference
   */
  void requireFor(FeaturesSpec wanted) {
    FeaturesSpec.Builder enough =
        wanted.toBuilder().setThreads(spec.getThreads()).setDevice(spec.getDevice());
    int epochs = Math.max(wanted.getImages().getEpochs(), spec.getImages().getEpochs());
    enough.getImagesBuilder().setEpochs(epochs);
    difference("", spec, enough.build())
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "the features were computed for another run: %s; retry the FEATURES stage with"
                          .formatted(difference)
                      + " what this one has");
            });
  }

  private static Optional<String> difference(String path, Message known, Message wanted) {
    return known.getDescriptorForType().getFields().stream()
        .flatMap(
            field ->
                difference(path + field.getName(), known.getField(field), wanted.getField(field))
                    .stream())
        .findFirst();
  }

  private static Optional<String> difference(String path, Object known, Object wanted) {
    if (known instanceof Message inner) {
      return difference(path + ".", inner, (Message) wanted);
    }
    return known.equals(wanted)
        ? Optional.empty()
        : Optional.of("%s is %s there and %s here".formatted(path, known, wanted));
  }
}
