/** What tests of every gRPC service share that throw at it what nobody means well. */
package dev.kedge.fuzzing;
