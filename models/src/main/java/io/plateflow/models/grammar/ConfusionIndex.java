package io.plateflow.models.grammar;

import io.plateflow.schemas.plate.ConfusionDistance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the listed plates within a {@link ConfusionDistance} of a text among a hundred thousand,
 * with the same result as looking at each. Texts are folded to one character per look-alike group,
 * which makes every edit that is left cost 1, and are then found by the symmetric deletion of
 * SymSpell (Garbe 2012): two texts within k edits share a text that either reaches by at most k
 * deletions. Not thread-safe.
 */
public final class ConfusionIndex {

  /** Above it the deletions of one text run into the thousands. */
  private static final double LARGEST_TOLERANCE = 3;

  // What a slot holds; from FIRST on it is a plate's number.
  private static final int EMPTY = 0;
  private static final int DELETED = 1;
  private static final int FIRST = 2;

  /** A listed plate within the tolerance. */
  public record Match(String plate, double distance) {}

  private final double tolerance;
  private final int deletions;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> plates = new ArrayList<>();
  private final List<Integer> free = new ArrayList<>();

  // Open addressing from a text's hash to numbers of plates; an entry per deletion of each plate.
  private long[] keys = new long[1024];
  private int[] values = new int[1024];
  private int used;
  private int live;

  /**
   * @param tolerance the largest distance that will be asked for, 0..3
   */
  public ConfusionIndex(double tolerance) {
    if (!(tolerance >= 0 && tolerance <= LARGEST_TOLERANCE)) {
      throw new IllegalArgumentException(
          "Tolerance of the plate index: found %s, expected 0..%s"
              .formatted(tolerance, LARGEST_TOLERANCE));
    }
    this.tolerance = tolerance;
    this.deletions = (int) Math.floor(tolerance / ConfusionDistance.EDIT + 1e-9);
  }

  public int size() {
    return numbers.size();
  }

  public boolean contains(String plate) {
    return numbers.containsKey(plate);
  }

  /** Adds a normalised plate; one that is there already stays once. */
  public void add(String plate) {
    if (numbers.containsKey(plate)) {
      return;
    }
    int number;
    if (free.isEmpty()) {
      number = plates.size();
      plates.add(plate);
    } else {
      number = free.remove(free.size() - 1);
      plates.set(number, plate);
    }
    numbers.put(plate, number);
    for (String key : shortened(plate)) {
      put(hash(key), number);
    }
  }

  public void remove(String plate) {
    Integer number = numbers.remove(plate);
    if (number == null) {
      return;
    }
    for (String key : shortened(plate)) {
      delete(hash(key), number);
    }
    plates.set(number, null);
    free.add(number);
  }

  /** The plates within the index's tolerance, nearest first, equals in order of the alphabet. */
  public List<Match> matches(String text) {
    return matches(text, tolerance);
  }

  /**
   * The same within a smaller distance.
   *
   * @param within at most the index's tolerance
   */
  public List<Match> matches(String text, double within) {
    if (!(within <= tolerance)) {
      throw new IllegalArgumentException(
          "Distance asked of the plate index: found %s, expected at most %s"
              .formatted(within, tolerance));
    }
    List<Match> matches = new ArrayList<>();
    Set<Integer> tried = new HashSet<>();
    for (String key : shortened(text)) {
      long hash = hash(key);
      for (int slot = slot(hash); values[slot] != EMPTY; slot = next(slot)) {
        if (keys[slot] != hash || values[slot] == DELETED || !tried.add(values[slot])) {
          continue;
        }
        String plate = plates.get(values[slot] - FIRST);
        double distance = ConfusionDistance.distance(text, plate, within);
        if (distance <= within + 1e-9) {
          matches.add(new Match(plate, distance));
        }
      }
    }
    matches.sort(Comparator.comparingDouble(Match::distance).thenComparing(Match::plate));
    return matches;
  }

  private Set<String> shortened(String text) {
    Set<String> all = new HashSet<>();
    List<String> last = List.of(ConfusionDistance.fold(text));
    all.addAll(last);
    for (int k = 0; k < deletions; k++) {
      List<String> shorter = new ArrayList<>();
      for (String t : last) {
        for (int i = 0; i < t.length(); i++) {
          String without = t.substring(0, i) + t.substring(i + 1);
          if (all.add(without)) {
            shorter.add(without);
          }
        }
      }
      last = shorter;
    }
    return all;
  }

  private void put(long hash, int number) {
    if (used * 2 >= keys.length) {
      rehash();
    }
    int slot = slot(hash);
    while (values[slot] >= FIRST) {
      slot = next(slot);
    }
    if (values[slot] == EMPTY) {
      used++;
    }
    live++;
    keys[slot] = hash;
    values[slot] = number + FIRST;
  }

  private void delete(long hash, int number) {
    for (int slot = slot(hash); values[slot] != EMPTY; slot = next(slot)) {
      if (keys[slot] == hash && values[slot] == number + FIRST) {
        values[slot] = DELETED;
        live--;
        return;
      }
    }
  }

  private void rehash() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    int size = keys.length;
    while (live * 3L >= size) {
      size *= 2;
    }
    keys = new long[size];
    values = new int[size];
    Arrays.fill(values, EMPTY);
    used = 0;
    live = 0;
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] >= FIRST) {
        put(oldKeys[i], oldValues[i] - FIRST);
      }
    }
  }

  private int slot(long hash) {
    return (int) (hash >>> 32) & keys.length - 1;
  }

  private int next(int slot) {
    return slot + 1 & keys.length - 1;
  }

  /** FNV-1a over the characters, then mixed, so that its upper half can pick the slot. */
  private static long hash(String text) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * 0x100000001b3L;
    }
    h ^= h >>> 32;
    h *= 0xd6e8feb86659fd93L;
    return h ^ h >>> 29;
  }
}
