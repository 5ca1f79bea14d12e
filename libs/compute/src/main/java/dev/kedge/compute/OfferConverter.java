package dev.kedge.compute;

import dev.kedge.compute.ComputeConfig.Offer;
import java.util.Arrays;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads what a process offers, and says what may be written where it cannot. */
public final class OfferConverter implements Converter<Offer> {
  private static final long serialVersionUID = 1;

  @Override
  public Offer convert(String text) {
    return Arrays.stream(Offer.values())
        .filter(offer -> offer.name().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kedge.compute.device (KEDGE_COMPUTE_DEVICE) is `%s`: write auto, cpu or cuda"
                        .formatted(text)));
  }
}
