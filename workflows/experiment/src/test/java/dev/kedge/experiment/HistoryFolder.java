package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recorded histories of workflows, a file each, in a folder of the test's resources. */
record HistoryFolder(Path folder) {
  /** The folder that is called so; the one of all is {@code ""}. */
  static HistoryFolder called(String name) {
    return new HistoryFolder(Path.of("src/test/resources/histories").resolve(name));
  }

  /** Fails where today's code would do anything else than what an ended workflow did. */
  void replay(String name, Class<?> workflow) throws Exception {
    String history = read(name);
    assertThat(history).contains("EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED");
    WorkflowReplayer.replayWorkflowExecution(history, workflow);
  }

  String read(String name) throws IOException {
    return Files.readString(file(name));
  }

  /** Keeps a history, without the name of the machine that recorded it. */
  void write(String name, String history) throws IOException {
    Files.createDirectories(folder);
    String nameless = history.replaceAll("\"identity\": \"[^\"]*\"", "\"identity\": \"x\"");
    Files.writeString(file(name), nameless);
  }

  private Path file(String name) {
    return folder.resolve(name + ".json");
  }
}
