package io.github.venicevideo.erasure;

import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept beside the jobs, a file or a folder each: what people have put into {@code consents/}, and was taken or refused, and
 * what could not be taken or removed after all.
 *
 * @param found those that have the name in them, or the medium's bytes or digest
 * @param untold those of which nobody can tell, since they cannot be read through
 */
record KeptUnits(List<Path> found, List<Path> untold) {

    /** Those in the home now; of a job, what is kept beside it is known by its name. */
    static KeptUnits of(Home home, ForgetTarget target) throws IOException {
        KeptUnits units = new KeptUnits(new ArrayList<>(), new ArrayList<>());
        if (target.kind() != ForgetTarget.Kind.JOB) {
            for (Path kept : List.of(home.root().resolve("consents/taken"), home.root().resolve("consents/refused"), home.left())) {
                units.lookInto(kept, target);
            }
        }
        return units;
    }

    private void lookInto(Path kept, ForgetTarget target) throws IOException {
        if (!Files.isDirectory(kept, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> units = Files.newDirectoryStream(kept)) {
            for (Path unit : units) {
                try {
                    if (BundleSearch.anyHolds(unit, target)) {
                        found.add(unit);
                    }
                } catch (IOException e) {
                    untold.add(unit);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** A sentence for each that a person has to look at. */
    List<String> sentences() {
        return untold.stream().map(unit -> unit + " cannot be read through, so nobody can tell whether it is in there: look at it, and"
                + " remove it.").toList();
    }
}
