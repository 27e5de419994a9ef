package io.plateflow.connectors.status;

import io.plateflow.clients.status.PlateStatusRecord;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.status.PlateStatus;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class PlateStatusDeserializerTest {

  @Test
  void recordsTravelWithoutKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(PlateStatusRecord.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(PlateStatus.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(RejectedRecord.class);
  }
}
