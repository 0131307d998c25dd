/** Internal: takes people and pictures out of the ledger. */
package io.github.venicevideo.ledger.forget;
