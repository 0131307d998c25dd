/** Internal: the HTTP client, its key, and which addresses it goes to. */
package io.github.venicevideo.venice.client;
