/** Internal: how messages and exceptions are written. */
package io.github.venicevideo.log;
