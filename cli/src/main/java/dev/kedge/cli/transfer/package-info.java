/** Files on their way to the gateway and back: streamed, in bounded memory, checked by digest. */
package dev.kedge.cli.transfer;
