package io.plateflow.standalone.chaos;

/** What is killed. */
enum Target {
  TASK_MANAGER("TaskManager"),
  JOB_MANAGER("JobManager"),
  KAFKA("Kafka"),
  POSTGRES("Postgres"),
  RTSP("RTSP server");

  private final String label;

  Target(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
