/** TRAIN: a base and a method in, a checkpoint out. */
package dev.kedge.training;
