package dev.kedge.production;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;

/**
 * The network that is this machine alone. Names other than {@code localhost} are not looked up:
 * what they mean today they need not mean tomorrow.
 */
public final class Loopback {
  private Loopback() {}

  /**
   * Whether an address is on it.
   *
   * @param address {@code HOST} or {@code HOST:PORT}
   */
  public static boolean has(String address) {
    try {
      String host = HostAndPort.fromString(address).getHost();
      return host.equals("localhost")
          || (InetAddresses.isInetAddress(host)
              && InetAddresses.forString(host).isLoopbackAddress());
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }
}
