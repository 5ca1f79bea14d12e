package dev.kedge.models.torch;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import java.util.Optional;
import java.util.stream.Stream;

/** The native libraries of libtorch, loaded once for the process. */
public final class Natives {
  private Natives() {}

  /**
   * Loads them if they are not loaded yet (seconds at the first start).
   *
   * @throws TorchException if they do not load, at every call alike: a JVM tries once
   */
  public static void load() {
    Attempt.PROBLEM.ifPresent(
        problem -> {
          throw new TorchException(problem, null);
        });
  }

  /** Whether this process was told to take others than those it was built with. */
  public static boolean areChosen() {
    return Stream.of("PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR")
        .anyMatch(name -> Utils.getEnvOrSystemProperty(name) != null);
  }

  /** Initialising this class is the attempt. */
  private static final class Attempt {
    static final Optional<String> PROBLEM = problem();

    private Attempt() {}

    private static Optional<String> problem() {
      // Otherwise DJL asks the network where it runs, and where to fetch libraries from.
      System.setProperty("ai.djl.offline", "true");
      // The engine is found by ServiceLoader through the thread's context class loader, which on a
      // server's thread may not see DJL.
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(Engine.class.getClassLoader());
      try {
        Engine.getEngine("PyTorch");
        return Optional.empty();
      } catch (RuntimeException | LinkageError e) {
        return Optional.of(message(e));
      } finally {
        thread.setContextClassLoader(before);
      }
    }

    /** The innermost cause, where the libraries were looked for, and what can be done. */
    private static String message(Throwable failure) {
      Throwable cause = failure;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return ("libtorch does not start: %s. PYTORCH_LIBRARY_PATH is %s, PYTORCH_VERSION %s,"
              + " PYTORCH_FLAVOR %s: give all three or none of them; a flavour cu... needs NVIDIA's"
              + " driver on this machine (docs/gpu.md)")
          .formatted(
              cause.getMessage(),
              variable("PYTORCH_LIBRARY_PATH"),
              variable("PYTORCH_VERSION"),
              variable("PYTORCH_FLAVOR"));
    }

    private static String variable(String name) {
      return Optional.ofNullable(Utils.getEnvOrSystemProperty(name)).orElse("not set");
    }
  }
}
