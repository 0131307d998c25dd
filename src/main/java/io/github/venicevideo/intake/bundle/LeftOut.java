package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.home.BorderLimits;
import io.github.venicevideo.home.Oddity;
import io.github.venicevideo.home.Taken;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Says of what was dropped and has no copy why it cannot be used. */
final class LeftOut {

    private LeftOut() {
    }

    /** @param label of the bundle itself */
    static void report(Taken taken, String label, Findings findings) {
        taken.odd().forEach((name, oddity) -> {
            if (!isIgnored(name)) {
                report(name.isEmpty() ? label : SafeNames.nfc(name), oddity, findings);
            }
        });
    }

    private static void report(String name, Oddity oddity, Findings findings) {
        BorderLimits most = BorderLimits.USUAL;
        switch (oddity) {
            case LINK -> findings.add(ProblemCode.LINK, name, "", "", "", "Put the file itself there.");
            case HARD_LINK -> findings.add(ProblemCode.LINK, name, "", "", "",
                    "It is a hard link: the same file has another name elsewhere. Put a copy of it there.");
            case SPECIAL -> findings.add(ProblemCode.SPECIAL_FILE, name, "", "", "", "Take it out of the bundle.");
            case TOO_LARGE -> findings.add(ProblemCode.FILE_TOO_LARGE, name, "", "",
                    most.allowed(), "Leave only what this video needs.");
            case TOO_MANY, TOO_DEEP -> findings.add(ProblemCode.TOO_MANY_FILES, name, "", "",
                    most.allowed(), "Leave only what this video needs.");
            case UNREADABLE -> findings.add(ProblemCode.CANNOT_BE_OPENED, name, "", "", "",
                    "This program's user may not read it: give it the right to.");
            case REPLACED -> findings.add(ProblemCode.SPECIAL_FILE, name, "", "", "",
                    "A folder took the place of this file while the bundle was taken in. Drop the bundle again once it is whole.");
        }
    }

    private static boolean isIgnored(String name) {
        try {
            return !name.isEmpty() && IgnoredNames.isIgnored(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
