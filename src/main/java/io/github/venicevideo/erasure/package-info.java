/** Internal: forgets a job, a medium or a person, in the home and in the ledger. */
package io.github.venicevideo.erasure;
