package dev.kedge.cli.transfer;

import java.util.List;

/** Addresses of files on the web. What follows the {@code ?} may be a secret. */
public final class WebAddress {
  private WebAddress() {}

  /** Whether a path is one. */
  public static boolean isOne(String path) {
    return path.startsWith("https://") || path.startsWith("http://");
  }

  /** The name of its file. */
  public static String file(String address) {
    String plain = plain(address);
    return plain.substring(plain.lastIndexOf('/') + 1);
  }

  /** What may be told of some, to say where data came from. */
  public static String told(List<String> addresses) {
    String first = plain(addresses.get(0));
    return addresses.size() == 1 ? first : "%s and %d more".formatted(first, addresses.size() - 1);
  }

  private static String plain(String address) {
    return address.replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//");
  }
}
