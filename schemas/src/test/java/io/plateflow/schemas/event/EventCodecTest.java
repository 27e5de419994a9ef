package io.plateflow.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.schemas.avro.PlateListType;
import io.plateflow.schemas.avro.PlateStatusEvent;
import io.plateflow.schemas.avro.RejectedEvent;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventCodecTest {

  private static final PlateStatusEvent EVENT =
      PlateStatusEvent.newBuilder()
          .setPlate("B1234CD")
          .setType(PlateListType.BLACKLIST)
          .setVersion(300)
          .setChangedAt(Instant.parse("2026-11-20T04:30:00.123Z"))
          .setNote("stolen")
          .build();

  @Test
  void readsWhatItWrote() throws Exception {
    EventCodec<PlateStatusEvent> codec = EventCodec.of(PlateStatusEvent.class);

    assertThat(codec.decode(codec.encode(EVENT))).isEqualTo(EVENT);
  }

  @Test
  void writesTheMarkerOfSingleObjectEncoding() {
    assertThat(EventCodec.of(PlateStatusEvent.class).encode(EVENT))
        .startsWith((byte) 0xC3, (byte) 0x01);
  }

  @Test
  void refusesAnotherEventAndEveryTruncation() {
    EventCodec<PlateStatusEvent> codec = EventCodec.of(PlateStatusEvent.class);
    byte[] whole = codec.encode(EVENT);

    assertThatThrownBy(() -> EventCodec.of(RejectedEvent.class).decode(whole))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("RejectedEvent: expected it, found PlateStatusEvent");
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> codec.decode(part))
          .as("first %d bytes", length)
          .isInstanceOf(UnreadableEventException.class);
    }
  }
}
