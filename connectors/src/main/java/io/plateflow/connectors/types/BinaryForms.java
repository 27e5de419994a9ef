package io.plateflow.connectors.types;

import io.plateflow.schemas.frame.RejectedRecord;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** How records of several streams are written by their serializers. */
public final class BinaryForms {

  private BinaryForms() {}

  public static void writeText(String text, DataOutputView target) throws IOException {
    StringValue.writeString(text, target);
  }

  public static String readText(DataInputView source) throws IOException {
    String text = readTextOrNull(source);
    if (text == null) {
      throw new IOException("Found no text, expected one");
    }
    return text;
  }

  public static void writeTextOrNull(@Nullable String text, DataOutputView target)
      throws IOException {
    StringValue.writeString(text, target);
  }

  public static @Nullable String readTextOrNull(DataInputView source) throws IOException {
    return StringValue.readString(source);
  }

  public static void writeInstant(Instant instant, DataOutputView target) throws IOException {
    target.writeLong(instant.getEpochSecond());
    target.writeInt(instant.getNano());
  }

  public static Instant readInstant(DataInputView source) throws IOException {
    return Instant.ofEpochSecond(source.readLong(), source.readInt());
  }

  public static void writeRejected(RejectedRecord rejected, DataOutputView target)
      throws IOException {
    writeText(rejected.source(), target);
    target.writeLong(rejected.position());
    writeText(rejected.kind(), target);
    writeText(rejected.reason(), target);
    writeInstant(rejected.rejectedAt(), target);
  }

  public static RejectedRecord readRejected(DataInputView source) throws IOException {
    return new RejectedRecord(
        readText(source),
        source.readLong(),
        readText(source),
        readText(source),
        readInstant(source));
  }
}
