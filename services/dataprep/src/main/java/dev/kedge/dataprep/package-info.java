/** PREPARE: raw data in, validated shards out. */
package dev.kedge.dataprep;
