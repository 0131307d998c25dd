package io.github.venicevideo.assembly;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.drop.Drop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Refuses folders that lie within each other: whoever may write to one could write to the other. */
public final class Places {

    private final Path root;
    private final List<Path> own;

    /** @param ledger the ledger's folder */
    public Places(Home home, Path ledger) {
        this.root = real(home.root());
        this.own = List.of(home.work(), home.parked(), home.failed(), home.done(), home.left(), home.consentsDesk(),
                home.root().resolve("consents"), home.root().resolve(".answers"), ledger).stream().map(Places::real).toList();
    }

    /** @throws InvalidSettingException when the drop folder lies within another of the program's folders, or holds one */
    void checkDrop(Drop drop, List<Drop> all) {
        Path folder = real(drop.folder());
        String setting = "venice.drops." + drop.name() + ".folder";
        checkOwn(setting, folder);
        for (Drop other : all) {
            if (!other.name().equals(drop.name())) {
                check(setting, folder, real(other.folder()), "the drop folder " + other.name());
            }
        }
    }

    /** @throws InvalidSettingException when the destination lies within one of the program's folders, or holds one */
    void checkDestination(String name, Path destination, List<Drop> drops) {
        Path folder = real(destination);
        checkOwn("venice.destinations." + name, folder);
        drops.forEach(drop -> check("venice.destinations." + name, folder, real(drop.folder()), "the drop folder " + drop.name()));
    }

    private void checkOwn(String setting, Path folder) {
        if (root.startsWith(folder)) {
            throw refused(setting, "the home " + root);
        }
        own.forEach(place -> check(setting, folder, place, "the program's folder " + place));
    }

    private static void check(String setting, Path folder, Path other, String what) {
        if (folder.startsWith(other) || other.startsWith(folder)) {
            throw refused(setting, what);
        }
    }

    private static InvalidSettingException refused(String setting, String what) {
        return new InvalidSettingException(setting, "…", "a folder that does not lie within " + what + ", nor holds it");
    }

    /** With links followed, and as the disk spells it, as far as it is there. */
    private static Path real(Path path) {
        Path there = path.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            return there.toRealPath().resolve(there.relativize(path.toAbsolutePath().normalize())).normalize();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
