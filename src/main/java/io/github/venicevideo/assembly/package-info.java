/** Internal: what the bundle is put together with, and how what a host brings is looked at. */
package io.github.venicevideo.assembly;
