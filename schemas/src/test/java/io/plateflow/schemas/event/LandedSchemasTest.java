package io.plateflow.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Today's events beside those of every version that has landed. */
class LandedSchemasTest {

  private static final Path BYTES = Path.of("src/test/resources/avro/landed");
  private static final String WRITE = "plateflow.write-events";

  /** A schema as it landed. */
  record Landed(int version, String name, Schema schema) {

    Schema today() {
      return LandedSchemas.today().get(name);
    }

    /** A sample event, as the version wrote it. */
    byte[] bytes() throws IOException {
      Path file = BYTES.resolve("%d/%s.bin".formatted(version, name));
      if (Boolean.getBoolean(WRITE) && !Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.write(file, SampleEvents.encode(SampleEvents.record(schema)));
      }
      return Files.readAllBytes(file);
    }

    @Override
    public String toString() {
      return name + " of version " + version;
    }
  }

  static List<Landed> landed() {
    List<Landed> all = new ArrayList<>();
    List<Map<String, Schema>> versions = LandedSchemas.versions();
    for (int i = 0; i < versions.size(); i++) {
      int version = i + 1;
      versions.get(i).forEach((name, schema) -> all.add(new Landed(version, name, schema)));
    }
    return all;
  }

  static List<Landed> newest() {
    int last = LandedSchemas.versions().size();
    return landed().stream().filter(landed -> landed.version() == last).toList();
  }

  @ParameterizedTest
  @MethodSource("landed")
  void itsReadersReadTodaysEventsAndTodaysReadItsEvents(Landed landed) {
    assertCompatible(landed.schema(), landed.today());
    assertCompatible(landed.today(), landed.schema());
  }

  private static void assertCompatible(Schema reader, Schema writer) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    assertThat(result.getType())
        .as(result.getDescription())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  /** A schema that changes is a new version: see the README beside the bytes. */
  @ParameterizedTest
  @MethodSource("newest")
  void todaysSchemaIsTheNewestVersions(Landed landed) {
    assertThat(SchemaNormalization.toParsingForm(landed.today()))
        .isEqualTo(SchemaNormalization.toParsingForm(landed.schema()));
  }

  /** So that a reader that does not know the schema of a later version finds its own fields. */
  @ParameterizedTest
  @MethodSource("landed")
  void fieldsAreOnlyAppended(Landed landed) {
    List<Schema.Field> before = landed.schema().getFields();
    List<Schema.Field> now = landed.today().getFields();
    assertThat(now.size()).isGreaterThanOrEqualTo(before.size());
    for (int i = 0; i < before.size(); i++) {
      assertThat(now.get(i).name()).isEqualTo(before.get(i).name());
      assertThat(SchemaNormalization.toParsingForm(now.get(i).schema()))
          .as(before.get(i).name())
          .isEqualTo(SchemaNormalization.toParsingForm(before.get(i).schema()));
    }
  }

  @ParameterizedTest
  @MethodSource("landed")
  void itsBytesAreReadToday(Landed landed) throws Exception {
    SpecificRecordBase event = codec(landed.today()).decode(landed.bytes());

    assertSame(event, SampleEvents.record(landed.schema()), landed.schema());
    for (Schema.Field field : landed.today().getFields()) {
      if (landed.schema().getField(field.name()) == null) {
        assertThat(field.hasDefaultValue()).as(field.name()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("landed")
  void todaysBytesAreReadByItsReaders(Landed landed) throws Exception {
    GenericRecord today = SampleEvents.record(landed.today());
    byte[] bytes = SampleEvents.encode(today);

    GenericRecord event =
        new GenericDatumReader<GenericRecord>(landed.today(), landed.schema())
            .read(null, DecoderFactory.get().binaryDecoder(bytes, 10, bytes.length - 10, null));

    assertSame(event, today, landed.schema());
  }

  @ParameterizedTest
  @MethodSource("newest")
  void aLaterVersionIsReadAsFarAsItIsKnown(Landed landed) throws Exception {
    byte[] bytes = SampleEvents.encode(SampleEvents.record(later(landed.today())));

    SpecificRecordBase event = codec(landed.today()).decode(bytes);

    assertSame(event, SampleEvents.record(landed.today()), landed.today());
  }

  @ParameterizedTest
  @MethodSource("newest")
  void whatIsNoLaterVersionIsReportedWithItsFingerprint(Landed landed) throws Exception {
    byte[] bytes = SampleEvents.encode(SampleEvents.record(landed.today()));
    bytes[2] ^= 1;
    String fingerprint =
        "%016x".formatted(SchemaNormalization.parsingFingerprint64(landed.today()) ^ 1);

    assertThatThrownBy(() -> codec(landed.today()).decode(bytes))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining(landed.today().getName())
        .hasMessageContaining(fingerprint);
  }

  private static void assertSame(IndexedRecord event, GenericRecord expected, Schema fields) {
    for (Schema.Field field : fields.getFields()) {
      Object found = event.get(event.getSchema().getField(field.name()).pos());
      Object wanted = expected.get(field.name());
      boolean time = found instanceof java.time.Instant;
      assertThat(time ? ((java.time.Instant) found).toEpochMilli() : String.valueOf(found))
          .as(field.name())
          .isEqualTo(time ? wanted : String.valueOf(wanted));
    }
  }

  private static Schema later(Schema today) {
    List<Schema.Field> fields = new ArrayList<>();
    today.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.add(new Schema.Field("new_field", Schema.create(Schema.Type.STRING), null, ""));
    return Schema.createRecord(today.getName(), null, today.getNamespace(), false, fields);
  }

  private static EventCodec<? extends SpecificRecordBase> codec(Schema schema) {
    try {
      return EventCodec.of(
          Class.forName(schema.getFullName()).asSubclass(SpecificRecordBase.class));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
