/** Internal: the program on Camel Main, and its commands. */
package io.github.venicevideo.cli;
