/** Internal: the one place where stages hand work over to each other. */
package io.github.venicevideo.ledger;
