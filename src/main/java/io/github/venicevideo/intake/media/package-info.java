/** Internal: what the bytes of media are, and how large and long. */
package io.github.venicevideo.intake.media;
