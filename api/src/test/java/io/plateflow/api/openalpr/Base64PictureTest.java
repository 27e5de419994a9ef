package io.plateflow.api.openalpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.api.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64PictureTest {

  private static final byte[] PICTURE = new byte[1_000];

  static {
    new Random(7).nextBytes(PICTURE);
  }

  private static byte[] decoded(String body) {
    return Base64Picture.decoded(body.getBytes(StandardCharsets.UTF_8), "image_bytes");
  }

  @Test
  void everyFormThatClientsSendIsTheSamePicture() {
    String bare = Base64.getEncoder().encodeToString(PICTURE);
    assertThat(bare).contains("+", "/");
    for (String form :
        List.of(
            bare,
            " " + bare + "\n",
            "\"" + bare + "\"",
            "'" + bare + "'",
            "data:image/png;base64," + bare,
            "\"data:image/jpeg;base64," + bare + "\"",
            Base64.getMimeEncoder().encodeToString(PICTURE),
            "\"" + Base64.getMimeEncoder().encodeToString(PICTURE).replace("\r\n", "\\r\\n") + "\"",
            "\"" + bare.replace("/", "\\/") + "\"",
            "\"" + bare.replace("+", "\\u002B") + "\"",
            Base64.getEncoder().withoutPadding().encodeToString(PICTURE))) {
      assertThat(decoded(form)).as(form).isEqualTo(PICTURE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "data:image/png;base64,", "hello, world", "{\"a\": 1}", "=="})
  void anythingElseIsRefused(String body) {
    assertThatThrownBy(() -> decoded(body))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("image_bytes"));
  }
}
