/** Internal: stage 3, which has people answer, and sends again with what they have attested. */
package io.github.venicevideo.consent;
