/** Internal: the rows of jobs, their history, and the changes of their state. */
package io.github.venicevideo.ledger.job;
