package dev.kedge.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house, in one place. A red test here means a wrong arrow, not a wrong test. */
@AnalyzeClasses(packages = "dev.kedge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] SERVICES = {
    "dev.kedge.gateway..",
    "dev.kedge.dataprep..",
    "dev.kedge.training..",
    "dev.kedge.fisher..",
    "dev.kedge.averaging..",
    "dev.kedge.evaluation.."
  };

  @ArchTest
  static final ArchRule dependenciesPointInwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("contracts")
          .definedBy("dev.kedge.v1..", "dev.kedge.stage.v1..", "dev.kedge.contract..")
          .layer("logic")
          .definedBy(
              "dev.kedge.store..",
              "dev.kedge.data..",
              "dev.kedge.models..",
              "dev.kedge.report..",
              "dev.kedge.plan..",
              "dev.kedge.experiment..")
          .layer("tensors")
          .definedBy("dev.kedge.tensors..")
          .layer("production")
          .definedBy("dev.kedge.production")
          .layer("tracing")
          .definedBy("dev.kedge.tracing")
          .layer("process")
          .definedBy("dev.kedge.process")
          .layer("stage life")
          .definedBy("dev.kedge.stage")
          .layer("compute")
          .definedBy("dev.kedge.compute")
          .layer("processes")
          .definedBy(concat(SERVICES, "dev.kedge.worker..", "dev.kedge.orchestrator.."))
          .layer("command")
          .definedBy("dev.kedge.cli..")
          .layer("standalone")
          .definedBy("dev.kedge.standalone..", "dev.kedge.embedded..")
          .whereLayer("stage life")
          .mayOnlyBeAccessedByLayers("compute", "processes", "standalone")
          .whereLayer("compute")
          .mayOnlyBeAccessedByLayers("processes", "standalone")
          .whereLayer("processes")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("command")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("production")
          .mayOnlyBeAccessedByLayers("tracing", "logic", "process", "stage life", "processes")
          .whereLayer("tracing")
          .mayOnlyBeAccessedByLayers("logic", "process", "stage life", "processes")
          .whereLayer("logic")
          .mayOnlyBeAccessedByLayers("process", "stage life", "compute", "processes", "standalone")
          // The command merges local folders: docs/decisions/0016.
          .whereLayer("tensors")
          .mayOnlyBeAccessedByLayers("logic", "processes", "command", "standalone");

  @ArchTest
  static final ArchRule noServiceDependsOnAnother =
      slices()
          .matching("dev.kedge.(gateway|dataprep|training|fisher|averaging|evaluation)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule onlyModelsSpeaksToTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kedge.models..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule onlyStoreSpeaksToS3 =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kedge.store..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.minio..");

  @ArchTest
  static final ArchRule workflowsAndPlansAreFreeOfProcessesStoreAndEngine =
      noClasses()
          .that()
          .resideInAnyPackage("dev.kedge.plan..", "dev.kedge.experiment..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..", "dev.kedge.store..", "dev.kedge.models..", "ai.djl..");

  @ArchTest
  static final ArchRule logicIsFreeOfQuarkus =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.kedge.store..",
              "dev.kedge.tensors..",
              "dev.kedge.data..",
              "dev.kedge.models..",
              "dev.kedge.report..",
              "dev.kedge.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus.runtime..", "io.quarkus.grpc..", "jakarta..");

  private static String[] concat(String[] some, String... more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
