package io.plateflow.clients;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleDirectionTest {

  private static final JavaClasses CLIENTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.plateflow.clients");

  @Test
  void seesTheModule() {
    assertThat(CLIENTS).hasSizeGreaterThan(40);
  }

  @Test
  void clientsKnowSchemasOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.plateflow.models..",
            "io.plateflow.connectors..",
            "io.plateflow.jobs..",
            "io.plateflow.standalone..",
            "org.apache.flink..")
        .check(CLIENTS);
  }

  /** A service that depends on this module must not drag Flink along, through no library either. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.flink.core.fs.FileSystem",
        "org.apache.flink.api.connector.source.Source",
        "org.apache.flink.connector.kafka.sink.KafkaSink",
      })
  void flinkIsNotOnTheClassPath(String type) {
    assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching("io.plateflow.clients.(**)").should().beFreeOfCycles().check(CLIENTS);
  }
}
