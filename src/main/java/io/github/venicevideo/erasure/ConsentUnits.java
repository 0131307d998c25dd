package io.github.venicevideo.erasure;

import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What people have put into {@code consents/}, and was taken or refused: a file or a folder each, kept there. */
final class ConsentUnits {

    private static final List<String> KEPT = List.of("consents/taken", "consents/refused");

    private ConsentUnits() {
    }

    /** Those that have the name in them, or the medium's bytes or digest. */
    static List<Path> of(Home home, ForgetTarget target) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String kept : target.kind() == ForgetTarget.Kind.JOB ? List.<String>of() : KEPT) {
            Path folder = home.root().resolve(kept);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> units = Files.list(folder)) {
                    for (Path unit : (Iterable<Path>) units::iterator) {
                        if (BundleSearch.anyHolds(unit, target)) {
                            found.add(unit);
                        }
                    }
                }
            }
        }
        return found;
    }
}
