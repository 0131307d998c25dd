/** Internal: a request while it is put together, and what it is put together of. */
package io.github.venicevideo.intake.draft;
