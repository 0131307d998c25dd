package io.github.venicevideo.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that others could put another in the place of is refused at start. */
class SurroundingsTest {

    @TempDir
    private Path folder;

    @Test
    void aHomeWithAParentThatEverybodyMayRenameInIsRefused() throws IOException {
        Path parent = Files.createDirectory(folder.resolve("shared"));
        Home home = Home.at(parent.resolve("deep/home"));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> home.prepare(List.of())).isInstanceOf(IOException.class)
                .hasMessageContaining("The folder " + parent.toRealPath() + ", in which the home lies, may be written to by everybody")
                .hasMessageContaining("chmod go-w");

        Files.setAttribute(parent, "unix:mode", 01777);
        assertThatCode(() -> home.prepare(List.of())).doesNotThrowAnyException();
    }

    @Test
    void aHomeThatOthersMayRenameInIsRefusedToo() throws IOException {
        Home home = Home.at(folder.resolve("home"));
        home.prepare(List.of());
        Files.setPosixFilePermissions(home.root(), PosixFilePermissions.fromString("rwxr-xrwx"));

        assertThatThrownBy(() -> home.prepare(List.of())).hasMessageContaining("The home " + home.root().toRealPath() + " may be");
    }

    @Test
    void aParentBehindALinkCountsAsItIs() throws IOException {
        Path parent = Files.createDirectory(folder.resolve("shared"));
        Files.createDirectory(parent.resolve("home"));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), parent.resolve("home"));

        assertThatThrownBy(() -> Home.at(link).prepare(List.of())).hasMessageContaining(parent.toRealPath().toString());
        assertThat(link).isSymbolicLink();
    }
}
