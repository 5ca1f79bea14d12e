/** Names of resources: read strictly, so that no name can reach outside its project. */
package dev.kedge.gateway.name;
