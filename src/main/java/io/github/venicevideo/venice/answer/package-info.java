/** Internal: what the answers of the API mean. */
package io.github.venicevideo.venice.answer;
