package dev.kedge.report.page;

import dev.kedge.report.Frontier.Place;
import dev.kedge.report.Scale;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;

/**
 * The trade-off plane of a report.
 *
 * @param x the scale of speciality
 * @param y the scale of generality
 */
public record Plane(Scale x, Scale y) {
  static Plane of(Report report) {
    return new Plane(Scale.of(report.getSpecialityScale()), Scale.of(report.getGeneralityScale()));
  }

  Figures speciality() {
    return Figures.of(x);
  }

  Figures generality() {
    return Figures.of(y);
  }

  /** Where a point lies, turned so that more is better. */
  Place place(TradeOffPoint point) {
    return new Place(
        point.getLabel(),
        x.gain(point.getSpeciality().getValue()),
        y.gain(point.getGenerality().getValue()));
  }

  /** The unit and the better way along the x axis, for example {@code %, more is better}. */
  public String aboutSpeciality() {
    return about(x);
  }

  /** The unit and the better way along the y axis. */
  public String aboutGenerality() {
    return about(y);
  }

  /** Which ways the axes run, where one of them runs backwards. */
  public String direction() {
    if (!x.lowerIsBetter() && !y.lowerIsBetter()) {
      return "";
    }
    String axes =
        x.lowerIsBetter() && y.lowerIsBetter()
            ? "Both axes are"
            : x.lowerIsBetter() ? "The speciality axis is" : "The generality axis is";
    return axes + " turned round: fewer bits per byte are further up or right. ";
  }

  /** Where the dominated area begins, in words. */
  public String reference() {
    return "speciality %s, generality %s".formatted(reference(x), reference(y));
  }

  /** How differences are read, where one of the scales runs backwards. */
  public String signs() {
    return x.lowerIsBetter() || y.lowerIsBetter()
        ? "Of bits per byte a negative difference is a gain. "
        : "";
  }

  private static String reference(Scale scale) {
    return switch (scale) {
      case SHARE -> "0%";
      case BITS_PER_BYTE -> "8 bits per byte";
    };
  }

  private static String about(Scale scale) {
    return Figures.of(scale).unit() + (scale.lowerIsBetter() ? ", less is better" : "");
  }
}
