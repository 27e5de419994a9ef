package io.plateflow.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ModuleDirectionTest {

  private static final JavaClasses API =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.plateflow.api");

  @Test
  void seesTheModule() {
    assertThat(API).hasSizeGreaterThan(30);
  }

  @Test
  void knowsNothingOfFlinkNorOfTheJob() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "io.plateflow.connectors..",
            "io.plateflow.jobs..",
            "io.plateflow.standalone..")
        .check(API);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching("io.plateflow.api.(**)").should().beFreeOfCycles().check(API);
  }

  @Test
  void whatSurfacesShareKnowsNoSurface() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.plateflow.api.http..",
            "io.plateflow.api.access..",
            "io.plateflow.api.recognition..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.plateflow.api",
            "io.plateflow.api.platerecognizer..",
            "io.plateflow.api.openalpr..",
            "io.plateflow.api.galaxy..",
            "io.plateflow.api.coronet..")
        .check(API);
  }

  @Test
  void accessKnowsNothingOfHttp() {
    noClasses()
        .that()
        .resideInAPackage("io.plateflow.api.access..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.plateflow.api.http..", "org.eclipse.jetty..")
        .check(API);
  }
}
