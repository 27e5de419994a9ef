package io.plateflow.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ModuleDirectionTest {

  private static final JavaClasses CONNECTORS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.plateflow.connectors");

  @Test
  void seesTheModule() {
    assertThat(CONNECTORS).hasSizeGreaterThan(20);
  }

  @Test
  void connectorsKnowNeitherModelsNorJobs() {
    noClasses()
        .that()
        .resideInAPackage("io.plateflow.connectors..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.plateflow.models..", "io.plateflow.jobs..", "io.plateflow.standalone..")
        .check(CONNECTORS);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching("io.plateflow.connectors.(**)").should().beFreeOfCycles().check(CONNECTORS);
  }

  @Test
  void theCameraSourceKnowsNoDatabaseAndNoKafka() {
    noClasses()
        .that()
        .resideInAPackage("io.plateflow.connectors.camera..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "org.postgresql..",
            "java.sql..",
            "io.plateflow.clients.kafka..",
            "io.plateflow.clients.postgres..",
            "io.plateflow.connectors.kafka..",
            "io.plateflow.connectors.postgres..")
        .check(CONNECTORS);
  }
}
