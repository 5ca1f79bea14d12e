/** Pulls stages from Temporal and drives the stage service beside it. */
package dev.kedge.worker;
