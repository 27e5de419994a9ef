package io.plateflow.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ModuleDirectionTest {

  private static final JavaClasses SCHEMAS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.plateflow.schemas");

  @Test
  void seesTheModule() {
    assertThat(SCHEMAS).hasSizeGreaterThan(20);
  }

  @Test
  void schemasKnowNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.plateflow.models..",
            "io.plateflow.clients..",
            "io.plateflow.connectors..",
            "io.plateflow.jobs..",
            "io.plateflow.standalone..",
            "org.apache.flink..")
        .check(SCHEMAS);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching("io.plateflow.schemas.(**)").should().beFreeOfCycles().check(SCHEMAS);
  }
}
