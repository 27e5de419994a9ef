package io.plateflow.clients.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The addresses that begin with the same bits, such as {@code 10.0.0.0/8}. */
final class AddressBlock {

  private final byte[] prefix;
  private final int bits;

  private AddressBlock(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /** Of a text that stands in this program. */
  static AddressBlock of(String text) {
    String[] parts = text.split("/");
    try {
      return new AddressBlock(
          InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("No block of addresses: " + text, e);
    }
  }

  /**
   * @param address 4 or 16 bytes; those of the other family are never in it
   */
  boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0;
  }
}
