package io.plateflow.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The modules' directions, over the classes of all of them. */
class ModuleDirectionTest {

  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("io.plateflow");

  @Test
  void everyModuleIsLookedAt() {
    for (String module : new String[] {"schemas", "models", "connectors", "jobs"}) {
      assertThat(CLASSES)
          .filteredOn(c -> c.getPackageName().startsWith("io.plateflow." + module))
          .as(module)
          .hasSizeGreaterThan(10);
    }
  }

  @Test
  void schemasStandAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.plateflow.schemas..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.plateflow.models..",
            "io.plateflow.connectors..",
            "io.plateflow.jobs..",
            "org.apache.flink..")
        .check(CLASSES);
  }

  @Test
  void modelsKnowNeitherFlinkNorConnectors() {
    noClasses()
        .that()
        .resideInAPackage("io.plateflow.models..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.plateflow.connectors..", "io.plateflow.jobs..", "org.apache.flink..")
        .check(CLASSES);
  }

  @Test
  void connectorsKnowNeitherModelsNorJobs() {
    noClasses()
        .that()
        .resideInAPackage("io.plateflow.connectors..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.plateflow.models..", "io.plateflow.jobs..")
        .check(CLASSES);
  }
}
