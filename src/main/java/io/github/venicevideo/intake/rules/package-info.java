/** Internal: what is asked of a request, by contract and catalogue, and what is filled in. */
package io.github.venicevideo.intake.rules;
