/** Internal: the ledger's file: its lock, its tables, its copies. */
package io.github.venicevideo.ledger.store;
