package io.github.venicevideo.crash;

import io.github.venicevideo.Station;
import io.github.venicevideo.home.DurableFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Lets programs start in two thirds of the time: a class path of few jars, and an archive of the classes on it, which a JVM
 * maps instead of parsing and verifying them. The archive is made once for a build, by whoever needs it first, out of a
 * program that makes a video. A JVM that cannot use it does without.
 */
final class QuickStart {

    /** What the JVM has to say of an archive is not the program's to print. */
    private static final String QUIET = "-Xlog:disable";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String classPath;
    private final List<String> options;

    private QuickStart(String classPath, List<String> options) {
        this.classPath = classPath;
        this.options = options;
    }

    /** Empty where the tests run on folders of classes, of which no JVM makes an archive. */
    static Optional<QuickStart> get() {
        return OfThisBuild.FOUND;
    }

    /** The packaged program with its libraries, and the tests' own classes. */
    String classPath() {
        return classPath;
    }

    List<String> options() {
        return options;
    }

    private static Optional<QuickStart> find() {
        Optional<Path> program = Child.packaged();
        Optional<Path> tests = program.map(jar -> jar.resolveSibling("venice-video-routes-its.jar")).filter(Files::isRegularFile);
        if (tests.isEmpty()) {
            return Optional.empty();
        }
        List<Path> jars = new ArrayList<>(List.of(tests.get(), program.get()));
        jars.addAll(Child.jars(List.of("awaitility-", "hamcrest-")));
        String classPath = String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
        Path folder = program.get().resolveSibling("quick-start");
        try {
            return Optional.of(new QuickStart(classPath, List.of("-XX:SharedArchiveFile=" + archive(folder, jars, classPath), QUIET,
                    "-Dorg.sqlite.lib.path=" + sqlite(folder))));
        } catch (IOException | AssertionError | RuntimeException e) {
            System.out.println("Programs start without an archive of their classes: " + e);
            return Optional.of(new QuickStart(classPath, List.of()));
        }
    }

    /** Whoever comes while it is being made, waits: to make it takes less than to start twice without. */
    private static Path archive(Path folder, List<Path> jars, String classPath) throws IOException {
        Files.createDirectories(folder);
        Path archive = folder.resolve(name(jars));
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(archive)) {
                deleteOld(folder);
                Path made = folder.resolve("made.jsa");
                make(folder.resolve("training"), classPath, made);
                Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return archive;
    }

    /** Each program would unpack SQLite's library into the machine's temporary folder, and one that is killed leaves it there. */
    private static Path sqlite(Path folder) throws IOException {
        Path unpacked = Files.createDirectories(folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion()));
        String name = LibraryLoaderUtil.getNativeLibName();
        Path library = unpacked.resolve(name);
        if (!Files.exists(library)) {
            Path part = Files.createTempFile(unpacked, "sqlite", ".part");
            String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
            try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(packed)) {
                Files.copy(Objects.requireNonNull(in, name), part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
        }
        return unpacked;
    }

    /** Another one for other jars and another JVM. */
    private static String name(List<Path> jars) throws IOException {
        List<Object> seen = new ArrayList<>(List.of(System.getProperty("java.home"), System.getProperty("java.vm.version")));
        for (Path jar : jars) {
            seen.addAll(List.of(jar, Files.size(jar), Files.getLastModifiedTime(jar)));
        }
        return Integer.toHexString(Objects.hash(seen.toArray())) + ".jsa";
    }

    private static void deleteOld(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old : (Iterable<Path>) files.filter(file -> file.toString().endsWith(".jsa"))::iterator) {
                Files.delete(old);
            }
        }
    }

    private static void make(Path folder, String classPath, Path archive) throws IOException {
        DurableFiles.deleteTree(folder);
        Files.createDirectories(folder);
        try (Station station = Station.quick(folder)) {
            Path settings = CrashingProgram.write(folder.resolve("settings.properties"), station.settings(), List.of(), List.of());
            Bundles.drop(station.drop(), "training", Bundles.image("A training run", Bundles.jpeg(10_000)));
            List<String> arguments = List.of("-cp", classPath, CrashingProgram.class.getName(), settings.toString());
            try (Child child = Child.java(folder, List.of("-XX:ArchiveClassesAtExit=" + archive, QUIET, Stage.LOGGING), Map.of(),
                    arguments)) {
                child.awaitLine("READY", PATIENCE);
                Awaitility.await().atMost(PATIENCE).until(() -> new LedgerFile(station.home()).isQuiet(1));
                child.terminate();
                child.awaitExit(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } finally {
            DurableFiles.deleteTree(folder);
        }
    }

    /** Found when the first program is started. */
    private static final class OfThisBuild {
        private static final Optional<QuickStart> FOUND = find();
    }
}
