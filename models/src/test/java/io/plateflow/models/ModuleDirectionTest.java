package io.plateflow.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ModuleDirectionTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.plateflow.models");

  @Test
  void looksAtThisModule() {
    assertThat(CLASSES.size()).isGreaterThan(20);
  }

  @Test
  void knowsNothingOfFlinkNorOfTheModulesAboveIt() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "io.plateflow.clients..",
            "io.plateflow.connectors..",
            "io.plateflow.jobs..",
            "io.plateflow.standalone..")
        .check(CLASSES);
  }

  @Test
  void itsPackagesFormNoCircle() {
    slices().matching("io.plateflow.models.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingDependsOnTheCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.plateflow.models.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.plateflow.models.cli..")
        .check(CLASSES);
  }

  @Test
  void aLibraryNeverPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.plateflow.models.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}
