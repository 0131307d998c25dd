/** Internal: what lies on other machines: deliveries, staged media, what bundles were taken from. */
package io.github.venicevideo.ledger.remote;
