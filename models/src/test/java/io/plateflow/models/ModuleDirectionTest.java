package io.plateflow.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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
            "io.plateflow.connectors..",
            "io.plateflow.jobs..",
            "io.plateflow.standalone..")
        .check(CLASSES);
  }
}
