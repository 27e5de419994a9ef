package io.plateflow.schemas.lists;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids of lists and entries. */
public final class ListIds {

  /** The list of the blacklisted plates of the simple access list. */
  public static final String BLACKLIST = "blacklist";

  /** The list of the whitelisted plates of the simple access list. */
  public static final String WHITELIST = "whitelist";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private ListIds() {}

  /** Whether the list stands for a part of the simple access list and cannot be changed itself. */
  public static boolean builtIn(String listId) {
    return listId.equals(BLACKLIST) || listId.equals(WHITELIST);
  }

  /**
   * @param what names the id in the error
   * @throws IllegalArgumentException where it is none
   */
  public static String require(String what, String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "%s: found '%s', expected 1 to 100 letters, digits, '.', '_' or '-'"
              .formatted(what, id.length() > 120 ? id.substring(0, 120) + "..." : id));
    }
    return id;
  }

  /**
   * @param what names the text in the error
   * @throws IllegalArgumentException where it is too long, or no store can hold it
   */
  public static void requireText(String what, @Nullable String text, int longest) {
    if (text != null && text.length() > longest) {
      throw new IllegalArgumentException(
          "%s: found %d characters, expected at most %d".formatted(what, text.length(), longest));
    }
    if (text != null && text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      throw new IllegalArgumentException(
          "%s: found a control character, expected text".formatted(what));
    }
  }
}
