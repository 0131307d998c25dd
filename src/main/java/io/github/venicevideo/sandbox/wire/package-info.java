/** Internal: requests from the wire, and answers onto it. */
package io.github.venicevideo.sandbox.wire;
