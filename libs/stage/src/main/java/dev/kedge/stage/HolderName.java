package dev.kedge.stage;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A name that people can find a process by. */
final class HolderName {
  private HolderName() {}

  static String ofThisProcess() {
    return "%s/%d".formatted(host(), ProcessHandle.current().pid());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
