/** Internal: the folders, and everything durable in them. */
package io.github.venicevideo.home;
