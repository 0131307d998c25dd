/** Internal: reads what was dropped into the request that it stands for. */
package io.github.venicevideo.intake.bundle;
