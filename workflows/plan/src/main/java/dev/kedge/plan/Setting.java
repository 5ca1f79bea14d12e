package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.v1.Method;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A method with one value for every parameter.
 *
 * @param id the method's id, and what varies in its grid
 * @param label the same for people
 */
record Setting(String id, String label, MethodSpec spec) {
  /** The grid of a method, in the order of its lists. */
  static List<Setting> of(Method method, Function<Method.Ewc, Input> fisher) {
    return switch (method.getMethodCase()) {
      case FULL -> one(method, blank().setFull(MethodSpec.Full.getDefaultInstance()));
      case LP -> one(method, blank().setLp(MethodSpec.LinearProbe.getDefaultInstance()));
      case LP_FT ->
          one(method, blank().setLpFt(MethodSpec.LinearProbeThenFull.getDefaultInstance()));
      case L2 -> lambdas(method, method.getL2().getLambdaList(), value -> l2(method, value));
      case L1 -> lambdas(method, method.getL1().getLambdaList(), value -> l1(method, value));
      case EWC -> ewc(method, fisher.apply(method.getEwc()));
      case KD_FEATURES ->
          lambdas(method, method.getKdFeatures().getLambdaList(), Setting::kdFeatures);
      case KD_LOGITS -> kdLogits(method);
      case METHOD_NOT_SET ->
          throw new IllegalArgumentException("method `%s` is empty".formatted(method.getId()));
    };
  }

  /** How many settings the method's lists make. */
  static long count(Method method) {
    return switch (method.getMethodCase()) {
      case FULL, LP, LP_FT, METHOD_NOT_SET -> 1;
      case L2 -> method.getL2().getLambdaCount();
      case L1 -> method.getL1().getLambdaCount();
      case EWC -> method.getEwc().getLambdaCount();
      case KD_FEATURES -> method.getKdFeatures().getLambdaCount();
      case KD_LOGITS ->
          (long) method.getKdLogits().getLambdaCount()
              * Math.max(1, method.getKdLogits().getTemperatureCount());
    };
  }

  private static List<Setting> one(Method method, MethodSpec.Builder spec) {
    return List.of(new Setting(method.getId(), method.getId(), spec.build()));
  }

  private static List<Setting> lambdas(
      Method method, List<Double> lambdas, Function<Double, MethodSpec.Builder> spec) {
    return stream(method, lambdas, spec).toList();
  }

  private static Stream<Setting> stream(
      Method method, List<Double> lambdas, Function<Double, MethodSpec.Builder> spec) {
    Axis lambda = Axis.lambda(lambdas);
    return lambdas.stream()
        .map(
            value ->
                new Setting(
                    method.getId() + lambda.inId(value),
                    method.getId() + lambda.inLabel(value),
                    spec.apply(value).build()));
  }

  private static List<Setting> ewc(Method method, Input fisher) {
    Method.Ewc ewc = method.getEwc();
    return lambdas(
        method,
        ewc.getLambdaList(),
        value ->
            blank()
                .setEwc(
                    MethodSpec.Ewc.newBuilder()
                        .setLambda(value)
                        .setExcludeHead(ewc.getExcludeHead())
                        .setFisher(fisher)));
  }

  private static List<Setting> kdLogits(Method method) {
    Axis temperature = Axis.temperature(method.getKdLogits().getTemperatureList());
    return stream(method, method.getKdLogits().getLambdaList(), Setting::kdLogits)
        .flatMap(
            setting -> temperature.values().stream().map(value -> setting.at(temperature, value)))
        .toList();
  }

  private Setting at(Axis temperature, double value) {
    MethodSpec.Builder warmer = spec.toBuilder();
    warmer.getKdLogitsBuilder().setTemperature(value);
    return new Setting(
        id + temperature.inId(value), label + temperature.inLabel(value), warmer.build());
  }

  private static MethodSpec.Builder l2(Method method, double lambda) {
    return blank()
        .setL2(
            MethodSpec.L2
                .newBuilder()
                .setLambda(lambda)
                .setExcludeHead(method.getL2().getExcludeHead()));
  }

  private static MethodSpec.Builder l1(Method method, double lambda) {
    return blank()
        .setL1(
            MethodSpec.L1
                .newBuilder()
                .setLambda(lambda)
                .setExcludeHead(method.getL1().getExcludeHead()));
  }

  private static MethodSpec.Builder kdFeatures(double lambda) {
    return blank().setKdFeatures(MethodSpec.KdFeatures.newBuilder().setLambda(lambda));
  }

  private static MethodSpec.Builder kdLogits(double lambda) {
    return blank().setKdLogits(MethodSpec.KdLogits.newBuilder().setLambda(lambda));
  }

  private static MethodSpec.Builder blank() {
    return MethodSpec.newBuilder();
  }
}
