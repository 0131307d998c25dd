/** Internal: the models that the API offers. */
package io.github.venicevideo.venice.catalogue;
