package dev.kedge.gateway.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Dns;

/**
 * Looks hosts up, and refuses those inside: an import must not reach what only the gateway can
 * reach. What is connected to is what was judged, since the client has no other addresses.
 *
 * @param privateToo allows private networks
 */
record PublicAddresses(boolean privateToo) implements Dns {
  /**
   * What is not of the public web, and what an IPv4 address may hide in. An IPv4 address that is
   * written as one of IPv6 is IPv4 to Java.
   */
  private static final List<AddressBlock> INSIDE =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              // What a large provider's machines ask for their own settings.
              "168.63.129.16/32",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              // ::, ::1, IPv4 within IPv6, and translated IPv4 (64:ff9b::/96, 64:ff9b:1::/48)
              "::/8",
              "100::/64",
              // Teredo, documentation, 6to4
              "2001::/32",
              "2001:db8::/32",
              "2002::/16",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .map(AddressBlock::of)
          .toList();

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> addresses = Arrays.asList(InetAddress.getAllByName(host));
    for (InetAddress address : addresses) {
      if (!privateToo && isPrivate(address)) {
        throw new UnknownHostException(
            "%s leads into a private network: upload the data, or let the operator set kedge.gateway.fetch-from-private-networks"
                .formatted(host));
      }
    }
    return addresses;
  }

  /** Whether an address leads to what the public web does not. */
  static boolean isPrivate(InetAddress address) {
    return INSIDE.stream().anyMatch(block -> block.has(address));
  }
}
