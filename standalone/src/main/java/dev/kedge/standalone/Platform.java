package dev.kedge.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The whole platform: its servers, then every service, then what somebody wants of it. */
final class Platform {
  /** What is done while the platform is up. */
  interface Session {
    /**
     * Does what is wanted.
     *
     * @param address the gateway, {@code host:port}
     * @return the exit code
     */
    int with(String address) throws Exception;
  }

  private static Session session;

  private Platform() {}

  /**
   * Starts everything, runs the session, stops everything.
   *
   * @param state folder for all that is kept
   * @param port the gateway's port on loopback; 0 for any free one
   * @return the session's exit code
   */
  static int run(Path state, int port, Session wanted) throws IOException {
    try (DataFolder folder = DataFolder.take(state)) {
      return runAlone(folder.path(), LoopbackPort.free(port), wanted);
    }
  }

  private static int runAlone(Path state, int chosen, Session wanted) {
    String address = "127.0.0.1:" + chosen;
    System.setProperty("quarkus.http.port", Integer.toString(chosen));
    System.setProperty("kedge.worker.stage-address", address);
    System.setProperty("quarkus.log.file.path", state.resolve("kedge.log").toString());
    session = wanted;
    AtomicInteger code = new AtomicInteger(1);
    EmbeddedServers servers = EmbeddedServers.start(state);
    try {
      Quarkus.run(Application.class, (exit, failure) -> code.set(ended(exit, failure)), address);
    } finally {
      servers.close();
    }
    return code.get();
  }

  private static int ended(int exit, Throwable failure) {
    if (failure != null) {
      System.err.println("kedge: the platform stopped: " + innermost(failure).getMessage());
    }
    return exit;
  }

  /** What went wrong in the end: a start-up wraps it several times. */
  private static Throwable innermost(Throwable failure) {
    return failure.getCause() == null ? failure : innermost(failure.getCause());
  }

  /** Runs the session inside the started application. */
  static final class Application implements QuarkusApplication {
    @Override
    public int run(String... args) throws Exception {
      return session.with(args[0]);
    }
  }
}
