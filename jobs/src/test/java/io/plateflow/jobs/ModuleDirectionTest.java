package io.plateflow.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Directions within the module; those between modules are held in {@code standalone}. */
class ModuleDirectionTest {

  private static final JavaClasses JOBS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.plateflow.jobs");

  @Test
  void seesTheModule() {
    assertThat(JOBS).hasSizeGreaterThan(40);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching("io.plateflow.jobs.(**)").should().beFreeOfCycles().check(JOBS);
  }

  @Test
  void onlyTheJobItselfUsesTheTopology() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.plateflow.jobs.topology..")
        .and()
        .doNotHaveFullyQualifiedName(PlateSessionJob.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.plateflow.jobs.topology..")
        .check(JOBS);
  }

  @Test
  void operatorsDoNotKnowTheConfigurationFile() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.plateflow.jobs.topology..", "io.plateflow.jobs.config..")
        .and()
        .doNotHaveFullyQualifiedName(PlateSessionJob.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.plateflow.jobs.config..")
        .check(JOBS);
  }
}
