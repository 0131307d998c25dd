/** Internal: the body of a request, and what it is allowed to hold. */
package io.github.venicevideo.venice.request;
