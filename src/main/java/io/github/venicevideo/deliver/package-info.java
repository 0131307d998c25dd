/** Internal: stage 5, which brings videos to their destinations and tells people. */
package io.github.venicevideo.deliver;
