package io.plateflow.standalone.chaos;

/** What is killed or taken away. */
enum Target {
  TASK_MANAGER("TaskManager"),
  JOB_MANAGER("JobManager"),
  KAFKA("Kafka"),
  POSTGRES("Postgres"),
  RTSP("RTSP server"),
  CHECKPOINTS("checkpoint folder");

  private final String label;

  Target(String label) {
    this.label = label;
  }

  /** What happens to it. */
  String deed() {
    return this == CHECKPOINTS ? "take away" : "kill -9";
  }

  String label() {
    return label;
  }
}
