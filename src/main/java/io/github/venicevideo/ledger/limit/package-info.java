/** Internal: what one key may do: budgets, gate, reach. */
package io.github.venicevideo.ledger.limit;
