/** Internal: the chain of all that happened to consents. */
package io.github.venicevideo.ledger.consent;
