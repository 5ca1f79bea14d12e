package dev.kedge.gateway.registry;

import com.google.common.net.InetAddresses;
import java.math.BigInteger;
import java.net.InetAddress;

/**
 * Addresses that begin alike.
 *
 * @param first the lowest of them
 * @param bits how many are the same in all
 */
record AddressBlock(InetAddress first, int bits) {
  /** From {@code 10.0.0.0/8} or {@code fc00::/7}. */
  static AddressBlock of(String text) {
    int slash = text.indexOf('/');
    return new AddressBlock(
        InetAddresses.forString(text.substring(0, slash)),
        Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether an address, of the same family, is one of them. */
  boolean has(InetAddress address) {
    byte[] bytes = address.getAddress();
    int others = Byte.SIZE * bytes.length - bits;
    return bytes.length == first.getAddress().length
        && new BigInteger(1, bytes)
            .xor(new BigInteger(1, first.getAddress()))
            .shiftRight(others)
            .equals(BigInteger.ZERO);
  }
}
