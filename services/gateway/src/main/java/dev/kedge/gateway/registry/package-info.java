/** Models, data sets and checkpoints: checked in full before they have a name. */
package dev.kedge.gateway.registry;
