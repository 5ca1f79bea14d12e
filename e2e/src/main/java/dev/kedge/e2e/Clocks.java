package dev.kedge.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A clock for each of Kedge's processes, that can be put wrong while it runs: a file that
 * libfaketime reads once a second. What measures how long something takes is not touched.
 */
final class Clocks {
  private static final Path LIBRARIES = Path.of("/usr/lib");

  private final Path folder;
  private final Path library;

  private Clocks(Path folder, Path library) {
    this.folder = folder;
    this.library = library;
  }

  /** Right clocks; empty where libfaketime is not installed. */
  static Optional<Clocks> in(Path folder) throws IOException {
    try (Stream<Path> platforms = Files.list(LIBRARIES)) {
      Optional<Path> library =
          platforms
              .map(platform -> platform.resolve("faketime/libfaketime.so.1"))
              .filter(Files::exists)
              .findFirst();
      if (library.isEmpty()) {
        return Optional.empty();
      }
      Clocks clocks = new Clocks(Files.createDirectories(folder), library.get());
      for (String name : Cluster.KEDGES) {
        clocks.set(name, Duration.ZERO);
      }
      return Optional.of(clocks);
    }
  }

  /** Puts a process's clock ahead, or back where it is negative. */
  void set(String process, Duration ahead) throws IOException {
    Files.writeString(folder.resolve(process), "%+d%n".formatted(ahead.toSeconds()));
  }

  /** With these, a process that {@code examples/processes.sh} starts reads its clock. */
  Map<String, String> environment(Path root) {
    return Map.of(
        "JAVA_HOME", root.resolve("e2e/clocked").toString(),
        "KEDGE_SOAK_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "KEDGE_SOAK_CLOCKS", folder.toString(),
        "KEDGE_SOAK_FAKETIME", library.toString());
  }
}
