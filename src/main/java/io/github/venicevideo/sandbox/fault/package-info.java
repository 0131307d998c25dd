/** Internal: faults on demand. */
package io.github.venicevideo.sandbox.fault;
