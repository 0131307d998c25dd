package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import java.util.List;

/**
 * The files of a bundle, whatever it was dropped as.
 *
 * @param label what was dropped, by its name
 * @param single whether it was one manifest or prompt by itself, which has no files beside it
 * @param files without what is ignored, unwrapped, sorted by name
 */
record Content(String label, boolean single, List<BundleFile> files) {
}
