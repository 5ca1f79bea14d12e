package dev.kedge.standalone;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine that only it can reach. */
final class LoopbackPort {
  private static final int LARGEST = 65_535;

  private LoopbackPort() {}

  /**
   * A port that is free now.
   *
   * @param wanted 0 for any
   * @throws IllegalStateException if the wanted one is taken
   */
  static int free(int wanted) throws IOException {
    if (wanted < 0 || wanted > LARGEST) {
      throw new IllegalArgumentException(
          "--port %d is no port: give one of 1 to %d, or 0 for any free one"
              .formatted(wanted, LARGEST));
    }
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return socket.getLocalPort();
    } catch (BindException taken) {
      throw new IllegalStateException(
          "port %d on 127.0.0.1 cannot be had (%s): stop what listens there, which may be another Kedge, or choose another with --port"
              .formatted(wanted, taken.getMessage()),
          taken);
    }
  }
}
