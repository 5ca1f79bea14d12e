package dev.kedge.cli;

import com.google.rpc.BadRequest.FieldViolation;
import dev.kedge.cli.file.ExperimentFile;
import dev.kedge.cli.file.FileProblem;
import dev.kedge.cli.file.InvalidFileException;
import dev.kedge.v1.ExperimentSpec;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The experiment file on the command line, and its way to the gateway. */
final class FileSubmission {
  /** For the help of the commands that take a file. */
  static final String EXAMPLE =
      """
      %nA small experiment file; docs/experiment-file.md has every field:
        base: models/clip-base
        task: {image_classification: {train: datasets/photo-train, validation_fraction: 0.1}}
        training: {epochs: 10, learning_rate: 1e-5}
        methods: [{id: full, full: {}}, {id: l2, l2: {lambda: [0.1, 1]}}]
        evaluations:
          - {id: photo, dataset: datasets/photo-test, role: SPECIALITY}
          - {id: sketch, dataset: datasets/sketch-test, role: GENERALITY}
      """;

  @Parameters(paramLabel = "FILE.yaml", description = "The experiment file.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Puts a value, in YAML, in place of the file's own; may be repeated.")
  private Map<String, String> changes = new LinkedHashMap<>();

  @Option(names = "--title", paramLabel = "TEXT", description = "The file's name by default.")
  private String title;

  /** Sends the file; what the gateway finds wrong in it gets its line. */
  <T> T submit(Function<ExperimentSpec, T> call) throws IOException {
    ExperimentFile read = ExperimentFile.read(file, changes);
    try {
      return call.apply(read.spec());
    } catch (StatusRuntimeException e) {
      List<FieldViolation> violations = FailureReport.violations(e);
      if (violations.isEmpty()) {
        throw e;
      }
      throw new InvalidFileException(
          InvalidFileException.Kind.EXPERIMENT,
          fileName(),
          violations.stream().map(violation -> problem(read, violation)).toList());
    }
  }

  private static FileProblem problem(ExperimentFile file, FieldViolation violation) {
    String path = violation.getField();
    return new FileProblem(path, file.lineOf(path), violation.getDescription());
  }

  /** The title, which is the file's name without its ending unless another is given. */
  String title() {
    return title == null ? fileName().replaceFirst("\\.ya?ml$", "") : title;
  }

  private String fileName() {
    return file.getFileName().toString();
  }
}
