/** Internal: stage 4, which asks about jobs until each video is on local disk. */
package io.github.venicevideo.poll;
