/** The workflow of one experiment, and the activities that it asks for. */
package dev.kedge.experiment;
