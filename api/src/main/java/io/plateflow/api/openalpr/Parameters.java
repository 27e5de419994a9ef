package io.plateflow.api.openalpr;

import io.plateflow.api.http.Form;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.recognition.StillOptions;
import io.plateflow.api.recognition.StillScope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of a picture.
 *
 * @param regions to expect, most likely first; empty means any
 * @param vehicle whether vehicles are described
 * @param returnImage whether the answer holds the picture
 * @param cropped whether the whole picture is one plate
 * @param topn candidates at most
 */
record Parameters(
    List<String> regions, boolean vehicle, boolean returnImage, boolean cropped, int topn) {

  /** No fields beside those of the address. */
  static final Form NONE = new Form(Map.of(), List.of());

  private static final int TOPN = 10;
  private static final int MOST = 1000;

  Parameters {
    regions = List.copyOf(regions);
  }

  /**
   * @param form what is not in the query may be here
   * @throws Refusal that names the parameter at fault
   */
  static Parameters of(Form query, Form form, Countries countries) {
    return new Parameters(
        countries.regions(text("country", query, form)),
        flag("recognize_vehicle", query, form),
        flag("return_image", query, form),
        flag("is_cropped", query, form),
        topn(query, form));
  }

  static @Nullable String text(String name, Form query, Form form) {
    String inQuery = query.text(name);
    return inQuery == null ? form.text(name) : inQuery;
  }

  StillOptions options(StillScope scope) {
    return new StillOptions(regions, null, false, scope);
  }

  /** Vehicles cost a credit more. */
  int credits() {
    return vehicle ? 2 : 1;
  }

  private static boolean flag(String name, Form query, Form form) {
    String text = text(name, query, form);
    return switch (text == null ? "0" : text) {
      case "0" -> false;
      case "1" -> true;
      default -> throw Refusal.field(name, "expected 0 or 1.");
    };
  }

  private static int topn(Form query, Form form) {
    String text = text("topn", query, form);
    int topn = text == null ? TOPN : text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    if (topn < 1 || topn > MOST) {
      throw Refusal.field("topn", "expected an integer of 1..%d.".formatted(MOST));
    }
    return topn;
  }
}
