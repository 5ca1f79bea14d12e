package dev.kedge.gateway.registry;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import okhttp3.Dns;

/**
 * Looks hosts up, and refuses those inside: an import must not reach what only the gateway can
 * reach. What is connected to is what was judged, since the client has no other addresses.
 *
 * @param privateToo allows private networks
 */
record PublicAddresses(boolean privateToo) implements Dns {
  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> addresses = Arrays.asList(InetAddress.getAllByName(host));
    for (InetAddress address : addresses) {
      if (!privateToo && isPrivate(address)) {
        throw new UnknownHostException(
            "%s is %s, an address of a private network: upload the data, or let the operator set"
                    .formatted(host, address.getHostAddress())
                + " kedge.gateway.fetch-from-private-networks");
      }
    }
    return addresses;
  }

  static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    return address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet6Address
            ? first == 0 || (first & 0xFE) == 0xFC
            : first == 0 || first >= 240 || (first == 100 && (second & 0xC0) == 64));
  }
}
