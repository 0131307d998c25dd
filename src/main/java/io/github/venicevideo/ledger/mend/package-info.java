/** Internal: brings a ledger that was put back up to what lies in its home. */
package io.github.venicevideo.ledger.mend;
