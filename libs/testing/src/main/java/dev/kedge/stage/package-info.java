/**
 * A stage service without gRPC, for tests of whole stages: in the package of the life of a stage,
 * since it is put together of what that keeps to itself.
 */
package dev.kedge.stage;
