package io.plateflow.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules' directions, over the classes of all of them. */
class ModuleDirectionTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.plateflow");

  @ParameterizedTest
  @ValueSource(
      strings = {"schemas", "models", "clients", "api", "connectors", "jobs", "standalone"})
  void everyModuleIsSeen(String module) {
    assertThat(CLASSES)
        .filteredOn(c -> c.getPackageName().startsWith("io.plateflow." + module))
        .hasSizeGreaterThan(5);
  }

  /** What a service next to the job needs: no Flink, and nothing that stands behind it. */
  @Test
  void schemasModelsAndClientsAreAClosedSet() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.plateflow.schemas..", "io.plateflow.models..", "io.plateflow.clients..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "io.plateflow.connectors..",
            "io.plateflow.jobs..",
            "io.plateflow.standalone..")
        .check(CLASSES);
  }

  @Test
  void theServiceAndTheJobDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("io.plateflow.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "io.plateflow.connectors..",
            "io.plateflow.jobs..",
            "io.plateflow.standalone..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage("io.plateflow.connectors..", "io.plateflow.jobs..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.plateflow.api..")
        .check(CLASSES);
  }

  @Test
  void onlyTheJobAndTheStandaloneProcessUseTheTopology() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.plateflow.standalone..", "io.plateflow.jobs.topology..")
        .and()
        .doNotHaveFullyQualifiedName("io.plateflow.jobs.PlateSessionJob")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.plateflow.jobs.topology..")
        .check(CLASSES);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching("io.plateflow.standalone.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
