/** FISHER: how much a classifier's answers on calibration data hang on each of its weights. */
package dev.kedge.fisher;
