/**
 * Internal: a small Venice API of our own: same contract, limits and errors, with faults on demand. It serves when there is no
 * API key, and it serves all tests. It depends on no other package of the project.
 */
package io.github.venicevideo.sandbox;
