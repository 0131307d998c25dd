package io.github.venicevideo.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.OtherUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a program that may not do everything from what was dropped. */
@Timeout(180)
class RightsTest {

    @TempDir
    private Path folder;

    @Test
    void whatMayNotBeEmptiedReadOrTakenOutIsNamedWithTheRightsThatAreNeeded() throws Exception {
        OtherUser.assume();
        OtherUser.letInto(folder);
        Path drop = made(folder.resolve("drop"), "rwxrwxrwx");
        Path fine = made(drop.resolve("fine"), "rwxrwxrwx");
        file(fine, "rw-r--r--");
        Path closed = made(drop.resolve("closed"), "rwxrwxrwx");
        file(made(closed.resolve("inner"), "rwxr-xr-x"), "rw-r--r--");
        Path unread = made(drop.resolve("unread"), "rwxrwxrwx");
        file(unread, "rw-------");
        Path sticky = made(folder.resolve("sticky"), "rwxrwxrwx");
        Files.setAttribute(sticky, "unix:mode", 01777);
        Path others = made(sticky.resolve("others"), "rwxrwxrwx");

        String said = OtherUser.java(Probe.class, fine.toString(), closed.toString(), unread.toString(), others.toString());

        assertThat(said.lines()).hasSize(4);
        assertThat(said.lines().toList().get(0)).isEqualTo("nothing");
        assertThat(said.lines().toList().get(1)).contains("may not read and write inner").contains("chmod -R g+rwX");
        assertThat(said.lines().toList().get(2)).contains("may not read image.png").contains("chmod -R g+rwX");
        assertThat(said.lines().toList().get(3)).contains("sticky bit").contains("chmod -t");
    }

    @Test
    void whatIsOursIsNotInTheWay() throws IOException {
        Path bundle = made(folder.resolve("bundle"), "rwx------");
        file(bundle, "rw-------");
        Files.createSymbolicLink(bundle.resolve("link"), Path.of("nowhere"));

        assertThat(Rights.lack(bundle)).isEmpty();
    }

    private static Path made(Path path, String permissions) throws IOException {
        Files.createDirectory(path);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void file(Path in, String permissions) throws IOException {
        Files.setPosixFilePermissions(Files.writeString(in.resolve("image.png"), "x"), PosixFilePermissions.fromString(permissions));
    }

    /** Asks as whoever runs it. */
    public static final class Probe {

        private Probe() {
        }

        public static void main(String[] paths) throws IOException {
            for (String path : paths) {
                System.out.println(Rights.lack(Path.of(path)).orElse("nothing"));
            }
        }
    }
}
