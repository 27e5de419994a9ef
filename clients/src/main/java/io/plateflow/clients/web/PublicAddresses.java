package io.plateflow.clients.web;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** Tells addresses of the public internet from all others. */
final class PublicAddresses {

  /** The special ones of the registry of IPv4, and one of a cloud. */
  private static final List<AddressBlock> NOT_PUBLIC_4 =
      blocks(
          "0.0.0.0/8", // this network, and the unspecified address
          "10.0.0.0/8", // private
          "100.64.0.0/10", // shared with a provider's NAT; metadata of one cloud
          "127.0.0.0/8", // this machine
          "168.63.129.16/32", // Azure's own services for its machines
          "169.254.0.0/16", // link-local; metadata of most clouds
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocols; metadata of one cloud
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // relays of 6to4
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  /** The only block that is given out; unique local, link-local and multicast are outside. */
  private static final AddressBlock GIVEN_OUT_6 = AddressBlock.of("2000::/3");

  private static final List<AddressBlock> NOT_PUBLIC_6 =
      blocks(
          "2001::/23", // protocols: Teredo, benchmarks, ORCHID
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4, which holds an IPv4 address
          "3fff::/20"); // documentation

  /** What a network without IPv4 makes of a name that has an IPv4 address only. */
  private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96");

  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    return contains(address.getAddress());
  }

  /**
   * @param address 4 or 16 bytes
   */
  static boolean contains(byte[] address) {
    if (address.length == 4) {
      return !in(NOT_PUBLIC_4, address);
    }
    if (NAT64.contains(address) || Arrays.equals(MAPPED, 0, 12, address, 0, 12)) {
      return contains(Arrays.copyOfRange(address, 12, 16));
    }
    return GIVEN_OUT_6.contains(address) && !in(NOT_PUBLIC_6, address);
  }

  private static boolean in(List<AddressBlock> blocks, byte[] address) {
    return blocks.stream().anyMatch(b -> b.contains(address));
  }

  private static List<AddressBlock> blocks(String... texts) {
    return Arrays.stream(texts).map(AddressBlock::of).toList();
  }
}
