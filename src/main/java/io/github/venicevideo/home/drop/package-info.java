/** Internal: where bundles come from, as it is configured. */
package io.github.venicevideo.home.drop;
