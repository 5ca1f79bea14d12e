package dev.kedge.production;

import com.google.common.base.Ascii;
import java.net.URI;
import java.util.stream.Stream;

/**
 * A setting that is insecure. None of its parts may have a secret: they are printed.
 *
 * @param setting its name, for example {@code kedge.access.required}
 * @param trouble what it is, and what that lets somebody do
 * @param remedy what to do instead
 */
public record Finding(String setting, String trouble, String remedy) {
  /**
   * That others could read along on the way to an address: nothing where it is https, or on this
   * machine.
   *
   * @param what goes that way, for example {@code keys of the store}
   */
  public static Stream<Finding> ofOpenWay(String setting, URI address, String what) {
    return isEncrypted(address) || Loopback.has(String.valueOf(address.getHost()))
        ? Stream.empty()
        : Stream.of(
            new Finding(
                setting,
                "leads to %s without TLS, so anybody on the way can read %s"
                    .formatted(shown(address), what),
                "set an address that begins with https://"));
  }

  private static boolean isEncrypted(URI address) {
    return address.getScheme() != null && Ascii.equalsIgnoreCase(address.getScheme(), "https");
  }

  /** Paths and names of users may be secrets. */
  private static String shown(URI address) {
    return address.getHost() == null ? "no host" : address.getHost();
  }

  @Override
  public String toString() {
    return "%s %s: %s".formatted(setting, trouble, remedy);
  }
}
