package dev.kedge.process;

import dev.kedge.production.Finding;
import dev.kedge.production.ProductionRule;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whoever has the store's keys has everything. */
@Singleton
class StoreRule implements ProductionRule {
  /** Keys of manuals and of this repository: anybody has read them. */
  private static final List<Pattern> KNOWN =
      Stream.of(
              "minioadmin",
              "minio123",
              "AKIAIOSFODNN7EXAMPLE",
              "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
              "kedge-(test|example|dev)(-.*)?")
          .map(Pattern::compile)
          .toList();

  private final S3Config s3;

  StoreRule(S3Config s3) {
    this.s3 = s3;
  }

  @Override
  public Stream<Finding> findings() {
    return Stream.of(
            Finding.ofOpenWay("kedge.s3.endpoint", s3.endpoint(), "data and models"),
            known("kedge.s3.access-key", s3.accessKey()),
            known("kedge.s3.secret-key", s3.secretKey()))
        .flatMap(findings -> findings);
  }

  private static Stream<Finding> known(String setting, String key) {
    return KNOWN.stream()
        .filter(known -> known.matcher(key).matches())
        .map(
            known ->
                new Finding(
                    setting,
                    "is a key that manuals and tests have, so anybody can guess it",
                    "make a key pair of your own"));
  }
}
