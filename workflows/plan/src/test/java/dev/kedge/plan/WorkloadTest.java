package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.ExperimentSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static long size(String artifact) {
    if (artifact.isEmpty()) {
      return 0;
    }
    return artifact.contains("models/") ? FixedCatalog.PARAMETERS : FixedCatalog.RECORDS;
  }

  private static Workload work(String file) {
    ExperimentSpec spec = Files.parse(file);
    Plan plan = Planner.plan("work", spec, FixedCatalog.of(spec).resolution());
    return Workload.of(plan, plan.stages(), WorkloadTest::size);
  }

  @Test
  void everyRunPassesThroughItsPartInEveryEpochAndEveryModelThroughEveryTest() {
    Workload work = work(Files.SMALL);
    // full, two λ of l2 and ewc, in two seeds each; two epochs of what a tenth is held back of.
    assertThat(work.trainings()).isEqualTo(8);
    assertThat(work.learntSamples()).isEqualTo(8 * 2 * 90);
    assertThat(work.storedBytes()).isEqualTo(8 * 4_000_000);
    // The base, the runs, three α of each of two runs, and the soup of all of l2.
    long models = 1 + 8 + 3 * 2 + 1;
    assertThat(work.testedSamples()).isEqualTo(models * (10 + 3 * 100));
  }

  @Test
  void aNewModelsSourcesAreCountedTogether() {
    Workload work = work(Files.CONTRASTIVE);
    assertThat(work.learntSamples()).isEqualTo(3 * 2 * 100);
    assertThat(work.testedSamples()).isEqualTo(100);
    assertThat(work.storedBytes()).as("nobody says how large it is").isZero();
  }

  @Test
  void sharesAreCountedOnce() {
    ExperimentSpec spec = Files.parse(Files.CONTRASTIVE);
    FixedCatalog catalog = FixedCatalog.of(spec);
    Resolution one = catalog.resolution();
    var shared =
        new Resolution(one.digests(), one.formats(), Map.of(), Map.of("datasets/photo", 3));
    Plan plan = Planner.plan("work", spec, shared);
    assertThat(Workload.of(plan, plan.stages(), WorkloadTest::size).learntSamples())
        .isEqualTo(3 * 2 * 100);
    assertThat(Workload.of(plan, List.of(), WorkloadTest::size))
        .isEqualTo(new Workload(0, 0, 0, 0));
  }
}
