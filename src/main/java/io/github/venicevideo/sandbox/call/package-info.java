/** Internal: a call, its answer, and how the sandbox is set. */
package io.github.venicevideo.sandbox.call;
