package dev.kedge.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Waits until a platform on this machine listens: {@code kedge up &} returns at once, and the next
 * command comes before it is up. Of gateways on other machines nothing is waited for.
 */
final class PlatformWait {
  /** What says how long, in seconds; 0 for not at all. */
  static final String SETTING = "KEDGE_WAIT";

  private static final String USUAL = "60";
  private static final Pattern ON_THIS_MACHINE =
      Pattern.compile("(?:https://)?(localhost|127\\.[0-9.]+|\\[::1])(?::(\\d{1,5}))/?");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final int ANSWER_MILLIS = 1000;

  private final PrintStream err;
  private final Duration patience;

  /**
   * @param err where the waiting is told
   * @param patience how long is waited at most
   */
  PlatformWait(PrintStream err, Duration patience) {
    this.err = err;
    this.patience = patience;
  }

  /**
   * The patience that {@code KEDGE_WAIT} asks for.
   *
   * @throws UserMistakeException if it is no number of seconds
   */
  static Duration patience(String setting) {
    String seconds = setting == null ? USUAL : setting;
    if (!SECONDS.matcher(seconds).matches()) {
      throw new UserMistakeException(
          "%s is `%s`: write the seconds to wait for a platform on this machine, 0 for not at all"
              .formatted(SETTING, seconds));
    }
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  /** Returns once something listens there, or the patience is over: the call itself tells then. */
  void await(String server) {
    Matcher address = ON_THIS_MACHINE.matcher(server);
    if (!address.matches()) {
      return;
    }
    String host = address.group(1);
    int port = Integer.parseInt(address.group(2));
    long begin = System.nanoTime();
    boolean told = false;
    while (!listens(host, port) && System.nanoTime() - begin < patience.toNanos()) {
      if (!told) {
        err.printf(
            "waiting for the platform at %s, at most %d s (`kedge up` starts one) ...%n",
            server, patience.toSeconds());
        told = true;
      }
      if (!paused()) {
        return;
      }
    }
  }

  private static boolean listens(String host, int port) {
    try {
      for (InetAddress each : InetAddress.getAllByName(host)) {
        if (listens(new InetSocketAddress(each, port))) {
          return true;
        }
      }
      return false;
    } catch (UnknownHostException | IllegalArgumentException isForTheCallToTell) {
      return true;
    }
  }

  private static boolean listens(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, ANSWER_MILLIS);
      return true;
    } catch (IOException nobodyThere) {
      return false;
    }
  }

  private static boolean paused() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
