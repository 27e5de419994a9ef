package io.plateflow.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where processes of this Linux machine listen, as the kernel lists it. */
final class ListeningSockets {

  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
  private static final String LISTENING = "0A";

  private ListeningSockets() {}

  static boolean areKnown() {
    return Files.isReadable(Path.of("/proc/net/tcp"));
  }

  /** Addresses as the kernel writes them: {@code 0100007F:1F91} is 127.0.0.1:8081. */
  static List<String> of(long pid) throws IOException {
    Set<String> sockets = socketsOf(pid);
    List<String> addresses = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (!Files.isReadable(Path.of(table))) {
        continue;
      }
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] words = line.strip().split("\\s+");
        if (words[3].equals(LISTENING) && sockets.contains(words[9])) {
          addresses.add(words[1]);
        }
      }
    }
    return addresses;
  }

  static boolean isLoopback(String address) {
    return address.startsWith("0100007F:")
        || address.startsWith("0000000000000000FFFF00000100007F:")
        || address.startsWith("00000000000000000000000001000000:");
  }

  private static Set<String> socketsOf(long pid) throws IOException {
    Set<String> sockets = new TreeSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path each : open.toList()) {
        try {
          Matcher socket = SOCKET.matcher(Files.readSymbolicLink(each).toString());
          if (socket.matches()) {
            sockets.add(socket.group(1));
          }
        } catch (IOException e) {
          // Closed in the meantime.
        }
      }
    }
    return sockets;
  }
}
