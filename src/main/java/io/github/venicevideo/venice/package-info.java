/** Internal: the only place that knows the API; here, what its rooms share. */
package io.github.venicevideo.venice;
