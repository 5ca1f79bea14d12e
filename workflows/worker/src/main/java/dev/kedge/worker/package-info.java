/**
 * Pulls stages from Temporal and drives the stage service beside it. Losing sight of the service is
 * no failure: the call is made again, and the service attaches it to the running stage.
 */
package dev.kedge.worker;
