/** Internal: the {@code venice.*} settings. */
package io.github.venicevideo.settings;
