/** Internal: the component {@code venice-jobs}, which gives routes their work. */
package io.github.venicevideo.ledger.work;
