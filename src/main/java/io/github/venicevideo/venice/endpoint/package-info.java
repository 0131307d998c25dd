/** Internal: what is said of configured endpoints, without what is secret in them. */
package io.github.venicevideo.venice.endpoint;
