package io.plateflow.connectors.rules;

import io.plateflow.clients.rules.RuleChange;
import io.plateflow.clients.rules.RuleRecord;
import io.plateflow.clients.rules.RuleRejection;
import io.plateflow.clients.rules.SiteChange;
import io.plateflow.connectors.types.BinaryForms;
import io.plateflow.connectors.types.ImmutableSerializer;
import io.plateflow.connectors.types.OpaqueTypeInfo;
import io.plateflow.schemas.avro.RuleEvent;
import io.plateflow.schemas.avro.SiteEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.RuleEvents;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes rules and sites on their way to the operators and in their state, as on their topics. */
public final class RuleRecordSerializer extends ImmutableSerializer<RuleRecord> {

  public static final RuleRecordSerializer INSTANCE = new RuleRecordSerializer();

  /** Type of the stream of rules and sites. */
  public static final TypeInformation<RuleRecord> TYPE =
      new OpaqueTypeInfo<>(RuleRecord.class, INSTANCE);

  private static final long serialVersionUID = 1L;
  private static final int RULE = 1;
  private static final int SITE = 2;
  private static final int REJECTED = 3;
  private static final EventCodec<RuleEvent> RULES = EventCodec.of(RuleEvent.class);
  private static final EventCodec<SiteEvent> SITES = EventCodec.of(SiteEvent.class);

  @Override
  public void serialize(RuleRecord record, DataOutputView target) throws IOException {
    if (record instanceof RuleChange change) {
      target.writeByte(RULE);
      writeBytes(RULES.encode(RuleEvents.rule(change.rule())), target);
    } else if (record instanceof SiteChange change) {
      target.writeByte(SITE);
      writeBytes(SITES.encode(RuleEvents.site(change.site())), target);
    } else if (record instanceof RuleRejection rejection) {
      target.writeByte(REJECTED);
      BinaryForms.writeRejected(rejection.rejected(), target);
    }
  }

  private static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  private static byte[] readBytes(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return bytes;
  }

  @Override
  public RuleRecord deserialize(DataInputView source) throws IOException {
    int form = source.readByte();
    return switch (form) {
      case RULE -> new RuleChange(RuleEvents.rule(RULES.decode(readBytes(source))));
      case SITE -> new SiteChange(RuleEvents.site(SITES.decode(readBytes(source))));
      case REJECTED -> new RuleRejection(BinaryForms.readRejected(source));
      default ->
          throw new IOException(
              "Record of rules: found form %d, expected %d to %d".formatted(form, RULE, REJECTED));
    };
  }

  @Override
  public TypeSerializerSnapshot<RuleRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in state; it has no configuration of its own. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RuleRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
