/** Internal: stage 2, which sends each job once. */
package io.github.venicevideo.submit;
