/** FISHER: how much a model's answers on calibration data hang on each of its weights. */
package dev.kedge.fisher;
