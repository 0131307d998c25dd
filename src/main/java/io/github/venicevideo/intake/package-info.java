/** Internal: stage 1, the door: bundles are claimed, copied, and recorded. */
package io.github.venicevideo.intake;
