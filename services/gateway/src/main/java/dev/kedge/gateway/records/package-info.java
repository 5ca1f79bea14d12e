/** The public API's messages as records of the store. */
package dev.kedge.gateway.records;
