/** Internal: what the sandbox answers, and why. */
package io.github.venicevideo.sandbox.api;
