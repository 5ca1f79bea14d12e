package dev.kedge.compute;

import static dev.kedge.stage.v1.Device.CUDA;
import static dev.kedge.stage.v1.Device.DEVICE_UNSPECIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.compute.ComputeConfig.Offer;
import dev.kedge.models.torch.Device;
import dev.kedge.stage.Blame;
import dev.kedge.stage.StageException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeTest {
  private static final GraphicsCard CARD = new GraphicsCard("NVIDIA X", "550.1", 80L << 30);

  private static Compute with(Offer offer, boolean card) {
    return with(offer, () -> card, new CardFacts(Optional.of(CARD), OptionalLong.of(1000)));
  }

  private static Compute with(Offer offer, BooleanSupplier seesCard, CardFacts facts) {
    return new Compute(offer, seesCard, () -> facts);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, false, DEVICE_UNSPECIFIED, CPU",
    "AUTO, true, DEVICE_UNSPECIFIED, CUDA",
    "CPU, true, DEVICE_UNSPECIFIED, CPU",
    "CUDA, true, DEVICE_UNSPECIFIED, CUDA",
    "AUTO, true, CPU, CPU",
    "CUDA, true, CPU, CPU",
    "AUTO, true, CUDA, CUDA"
  })
  void aStageGetsWhatItNamesOrWhatThereIs(
      Offer offer, boolean card, dev.kedge.stage.v1.Device wanted, Device given) {
    assertThat(with(offer, card).device(wanted)).isEqualTo(given);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, false, 'kedge.compute.device is auto, and libtorch sees no GPU'",
    "CPU, true, kedge.compute.device is cpu"
  })
  void aStageThatNamesWhatIsNotThereIsRefusedBeforeItBegins(Offer offer, boolean card, String why) {
    assertThatThrownBy(() -> with(offer, card).profile(1, CUDA))
        .isInstanceOfSatisfying(
            StageException.class, refusal -> assertThat(refusal.blame()).isEqualTo(Blame.USER))
        .hasMessageContaining("asks for the device CUDA, and this service has none (" + why)
        .hasMessageContaining("write `device: CPU` or `device: AUTO`");
  }

  @Test
  void theProfileSaysWhatReallyComputes() {
    assertThat(with(Offer.AUTO, false).profile(2, DEVICE_UNSPECIFIED).values())
        .containsEntry("threads", "2")
        .containsEntry("device", "cpu")
        .doesNotContainKey("card");
    assertThat(with(Offer.AUTO, true).profile(2, DEVICE_UNSPECIFIED).values())
        .containsEntry("device", "cuda")
        .containsEntry("card", "NVIDIA X")
        .containsEntry("driver", "550.1");
    assertThat(with(Offer.AUTO, () -> true, CardFacts.UNKNOWN).profile(2, CUDA).values())
        .containsEntry("card", "unknown");
  }

  @Test
  void theMemoryIsMainMemoryOnTheProcessorAndASlotsShareOfTheCards() {
    assertThat(with(Offer.AUTO, false).cardMemory(DEVICE_UNSPECIFIED, 1)).isEmpty();
    assertThat(with(Offer.AUTO, true).cardMemory(CUDA, 3)).hasValue(300);
    Compute unknown = with(Offer.AUTO, () -> true, CardFacts.UNKNOWN);
    assertThatThrownBy(() -> unknown.cardMemory(CUDA, 1))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("set kedge.compute.card-memory");
  }

  @Test
  void onThisMachineLibtorchItselfSaysWhetherThereIsACard() {
    Compute compute = new ComputeBeans().compute(ComputeConfigTest.config("auto"));
    assertThat(compute.device(DEVICE_UNSPECIFIED)).isIn(Device.CPU, Device.CUDA);
    compute.begin(1, dev.kedge.stage.v1.Device.CPU);
  }
}
