# The HTTP service. Build it from the repository's root, after
#   mvn -Papi-lib -pl api -am package -DskipTests
FROM eclipse-temurin:17-jre

# The natives of FFmpeg and OpenCV need nothing beyond glibc; ONNX Runtime wants OpenMP.
RUN apt-get update \
  && apt-get install -y --no-install-recommends libgomp1 curl \
  && rm -rf /var/lib/apt/lists/* \
  # The user of Flink's image: both write pictures to one volume.
  && useradd --system --no-create-home --uid 9999 plateflow

# The natives: no telemetry, and one thread each.
ENV ORT_DISABLE_TELEMETRY=1 OMP_THREAD_LIMIT=1

COPY api/target/lib /opt/plateflow/lib
COPY api/target/plateflow-api-0.1.0-SNAPSHOT.jar /opt/plateflow/lib/
USER plateflow
EXPOSE 8080
ENTRYPOINT ["java", "-Xmx512m", "-cp", "/opt/plateflow/lib/*", "io.plateflow.api.ApiCommand"]
CMD ["--config", "/etc/plateflow/plateflow.yml"]
