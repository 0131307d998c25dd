/** The bundle as a host adds it. This is what is promised to hosts, with the package {@code api}; all other packages are internal. */
package io.github.venicevideo;
