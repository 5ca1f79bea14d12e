package dev.kedge.plan;

import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.Input;
import dev.kedge.v1.Method;

/** What the method of one training run takes from elsewhere in the plan. */
interface MethodInputs {
  /**
   * The importance of the weights on a calibration set.
   *
   * @param ownHead whether the run trains a language model's head apart from its token table
   */
  Input fisher(Method.Ewc ewc, boolean ownHead);

  /** Whether the model is one of language, whose head is its own and not made for the task. */
  boolean isLanguage();

  /** The base's family, as its {@code config.json} says; may be empty. */
  String family();

  /** A whole data set. */
  DatasetPart all(String dataset);

  /** The part of the training data that is held back. */
  DatasetPart validation();

  /** Full fine-tuning at the run's learning rate, with its seed. */
  Input fullRun();
}
