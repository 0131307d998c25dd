/** Internal: small videos that show what was asked for. */
package io.github.venicevideo.sandbox.clip;
