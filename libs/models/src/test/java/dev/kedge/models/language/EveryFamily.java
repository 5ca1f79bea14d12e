package dev.kedge.models.language;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that runs for a tiny model of each kind. */
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@ValueSource(
    strings = {
      "opt",
      "opt_postnorm_proj",
      "galactica",
      "galactica_affine",
      "gpt2",
      "llama_gqa_tied",
      "llama3_untied_ropescaled",
      "mistral",
      "qwen2",
      "qwen3"
    })
@interface EveryFamily {}
