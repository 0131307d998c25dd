/** Internal: what names in a bundle mean, and which may be used. */
package io.github.venicevideo.intake.names;
