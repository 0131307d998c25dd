package io.github.venicevideo.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.codec.digest.DigestUtils;

/** Trees of anything: nothing outside changes, and every plain file of a bundle is copied, whatever lies beside it. */
class BorderPropertiesTest {

    private enum Kind { FILE, FOLDER, LINK_OUT, LINK_UP, LINK_NOWHERE, HARD_LINK, PIPE, SOCKET, CLOSED_FILE, OPEN_FOLDER }

    private record Thing(Kind kind, String name, int in) {
    }

    @Property(tries = 40)
    void whateverIsDroppedNothingOutsideChangesAndEachPlainFileIsCopied(@ForAll("things") List<Thing> things) throws Exception {
        Path folder = Files.createTempDirectory("border");
        try {
            Path outside = Files.createDirectories(folder.resolve("outside"));
            Files.writeString(outside.resolve("secret"), "secret");
            Files.writeString(Files.createDirectories(outside.resolve("deep")).resolve("more"), "more");
            SortedMap<String, String> before = contents(outside);
            Path bundle = Files.createDirectories(folder.resolve("drop/bundle"));
            SortedMap<String, String> plain = build(bundle, outside, things);
            Home home = Home.at(folder.resolve("home"));
            WorkFolder work = home.work("one");
            Border border = new Border(home);

            border.claim(bundle, work, "bundle");
            Taken taken = border.takeOver(work);

            assertThat(contents(outside)).isEqualTo(before);
            assertThat(contents(work.dropped().resolve("bundle"))).isEqualTo(plain);
            TreeMap<String, String> digests = new TreeMap<>();
            taken.files().forEach((name, file) -> digests.put(name, file.sha256()));
            TreeMap<String, String> expected = new TreeMap<>();
            plain.forEach((name, content) -> expected.put(name, DigestUtils.sha256Hex(content)));
            assertThat(digests).isEqualTo(expected);
            assertThat(work.claimed()).doesNotExist();
            assertThat(home.left()).doesNotExist();
        } finally {
            DurableFiles.deleteTree(folder);
        }
    }

    @Provide
    Arbitrary<List<Thing>> things() {
        Arbitrary<String> names = Arbitraries.strings().withChars("ab \n\u001b;*'\"\\-~").ofMinLength(1).ofMaxLength(12)
                .filter(name -> !name.equals(".") && !name.equals(".."));
        return Combinators.combine(Arbitraries.of(Kind.class), names, Arbitraries.integers().between(0, 20)).as(Thing::new)
                .list().ofMaxSize(20);
    }

    /** Builds as much of it as can be, and says what of it is a plain file. */
    private static SortedMap<String, String> build(Path bundle, Path outside, List<Thing> things) throws Exception {
        SortedMap<String, String> plain = new TreeMap<>();
        List<Path> folders = new java.util.ArrayList<>(List.of(bundle));
        for (Thing thing : things) {
            Path place = folders.get(thing.in() % folders.size()).resolve(thing.name());
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            switch (thing.kind()) {
                case FILE, CLOSED_FILE -> {
                    Files.writeString(place, thing.toString());
                    plain.put(bundle.relativize(place).toString(), thing.toString());
                    if (thing.kind() == Kind.CLOSED_FILE) {
                        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("r--------"));
                    }
                }
                case FOLDER, OPEN_FOLDER -> {
                    folders.add(Files.createDirectory(place));
                    if (thing.kind() == Kind.OPEN_FOLDER) {
                        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
                    }
                }
                case LINK_OUT -> Files.createSymbolicLink(place, outside.resolve("deep"));
                case LINK_UP -> Files.createSymbolicLink(place, bundle);
                case LINK_NOWHERE -> Files.createSymbolicLink(place, Path.of("nowhere"));
                case HARD_LINK -> Files.createLink(place, outside.resolve("secret"));
                case PIPE -> new ProcessBuilder("mkfifo", place.toString()).start().waitFor();
                case SOCKET -> socket(place);
            }
        }
        return plain;
    }

    private static void socket(Path place) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(place));
        } catch (FileSystemException | java.net.SocketException e) {
            // The path is too long for one.
            return;
        }
    }

    private static SortedMap<String, String> contents(Path root) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                contents.put(root.relativize(file).toString(), attributes.isRegularFile() ? Files.readString(file) : "no file");
                return FileVisitResult.CONTINUE;
            }
        });
        return contents;
    }
}
