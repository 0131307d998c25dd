/** Internal: answers over HTTP. */
package io.github.venicevideo.console;
