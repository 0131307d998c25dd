/** Internal: folders that others can change at any moment. */
package io.github.venicevideo.home.foreign;
