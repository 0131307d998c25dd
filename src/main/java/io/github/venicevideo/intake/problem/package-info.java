/** Internal: what is wrong with a bundle, as people are told. */
package io.github.venicevideo.intake.problem;
