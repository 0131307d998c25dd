package io.github.venicevideo.crash;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A program in a JVM of its own that can be killed. What it printed is part of every failure that it causes. */
final class Child implements AutoCloseable {

    /** Exit status of a process that SIGKILL ended. */
    static final int KILLED = 137;
    /** Exit status of a JVM that SIGTERM ended. */
    static final int TERMINATED = 143;
    /** No child, whatever becomes of its parent, lives longer than this. */
    static final Duration LIFE = Duration.ofMinutes(5);

    /** What a JVM says itself before its program does, where the machine sets options for all of them. */
    private static final String OF_THE_JVM = "Picked up ";
    private static final Duration DEATH = Duration.ofSeconds(30);

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean ended;

    private Child(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of child " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a main class on a class path of the program and the tests' own classes. */
    static Child start(Path folder, List<String> jvmOptions, Map<String, String> environment, Class<?> main,
            String... arguments) throws IOException {
        return start(folder, List.of(), jvmOptions, environment, main, arguments);
    }

    /** The same with the clients of brokers, which a program must be given. */
    static Child startWithClients(Path folder, List<String> jvmOptions, Map<String, String> environment, Class<?> main,
            String... arguments) throws IOException {
        Optional<Path> libraries = packaged().map(jar -> jar.resolveSibling("lib"));
        return start(folder, jars(List.of("")).stream()
                .filter(jar -> libraries.filter(lib -> !Files.exists(lib.resolve(jar.getFileName()))).isPresent()).toList(),
                jvmOptions, environment, main, arguments);
    }

    private static Child start(Path folder, List<Path> more, List<String> jvmOptions, Map<String, String> environment,
            Class<?> main, String... arguments) throws IOException {
        Optional<QuickStart> quick = QuickStart.get();
        List<String> paths = new ArrayList<>(List.of(quick.map(QuickStart::classPath).orElseGet(Child::classPath)));
        // Behind the others: an archive is good for whatever begins with the class path that it was made from.
        more.forEach(jar -> paths.add(jar.toString()));
        List<String> options = new ArrayList<>(quick.map(QuickStart::options).orElse(List.of()));
        options.addAll(jvmOptions);
        List<String> command = new ArrayList<>(List.of("-cp", String.join(File.pathSeparator, paths), main.getName()));
        command.addAll(List.of(arguments));
        return java(folder, options, environment, command);
    }

    /** Starts the packaged program where the tests run against it, else its main class. */
    static Child startProgram(Path folder, List<String> jvmOptions, Map<String, String> environment, Class<?> main,
            String... arguments) throws IOException {
        Optional<Path> jar = packaged();
        if (jar.isEmpty()) {
            return start(folder, jvmOptions, environment, main, arguments);
        }
        List<String> command = new ArrayList<>(List.of("-jar", jar.get().toString()));
        command.addAll(List.of(arguments));
        return java(folder, jvmOptions, environment, command);
    }

    /** Starts a jar of the tests' class path that is a program of its own, whose name ends like this. */
    static Child startJar(Path folder, String jar, String... arguments) throws IOException {
        String path = Arrays.stream(classPath().split(File.pathSeparator)).filter(entry -> entry.endsWith(jar)).findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + jar + " on the class path"));
        List<String> command = new ArrayList<>(List.of("-jar", path));
        command.addAll(List.of(arguments));
        return java(folder, List.of(), Map.of(), command);
    }

    /**
     * Starts the packaged program with jars beside it, as docs/integrators.md says, else its main class.
     *
     * @param extra a folder that gets those jars of the tests' class path whose names begin like one of these
     */
    static Child startBeside(Path folder, Path extra, List<String> jars, Class<?> main, String... arguments) throws IOException {
        Optional<Path> jar = packaged();
        if (jar.isEmpty()) {
            return start(folder, List.of(), Map.of(), main, arguments);
        }
        Files.createDirectories(extra);
        for (Path file : jars(jars)) {
            Files.createSymbolicLink(extra.resolve(file.getFileName()), file);
        }
        List<String> command = new ArrayList<>(List.of("-cp", jar.get() + File.pathSeparator + extra + "/*", main.getName()));
        command.addAll(List.of(arguments));
        return java(folder, List.of(), Map.of(), command);
    }

    static Child java(Path folder, List<String> jvmOptions, Map<String, String> environment,
            List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Duser.language=en"));
        command.addAll(jvmOptions);
        command.addAll(arguments);
        return of(folder, environment, command);
    }

    /** Starts a command that becomes the program. */
    static Child of(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("VENICE_") || name.endsWith("JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        return new Child(builder.start());
    }

    /** The real class path, also where the test JVM itself was started with a jar that only names it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The jars of the tests' class path whose names begin like one of these. */
    static List<Path> jars(List<String> beginnings) {
        return Arrays.stream(classPath().split(File.pathSeparator)).map(entry -> Path.of(entry).toAbsolutePath())
                .filter(file -> file.toString().endsWith(".jar"))
                .filter(file -> beginnings.stream().anyMatch(file.getFileName().toString()::startsWith)).toList();
    }

    /** The program's own jar, when that is what is being tested. */
    static Optional<Path> packaged() {
        for (String entry : classPath().split(File.pathSeparator)) {
            if (entry.endsWith("venice-video-routes.jar")) {
                return Optional.of(Path.of(entry).toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    /** Waits for a line that starts like this. */
    String awaitLine(String start, Duration atMost) throws InterruptedException {
        Optional<String> line = await(text -> text.startsWith(start), atMost);
        return line.orElseThrow(() -> new AssertionError("No line \"" + start + "…\" came within " + atMost.toSeconds()
                + " s" + output()));
    }

    /** Waits for a line that holds this. */
    String awaitText(String part, Duration atMost) throws InterruptedException {
        Optional<String> line = await(text -> text.contains(part), atMost);
        return line.orElseThrow(() -> new AssertionError("No line with \"" + part + "\" came within "
                + atMost.toSeconds() + " s" + output()));
    }

    /** Waits for a line; empty when none came in time, or the process ended without it. */
    Optional<String> await(Predicate<String> wanted, Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (lines) {
            while (true) {
                Optional<String> line = lines.stream().filter(wanted).findFirst();
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (line.isPresent() || ended || left <= 0) {
                    return line;
                }
                lines.wait(left);
            }
        }
    }

    /** What it has used so far, on all processors together. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("It had ended by itself with " + process.exitValue() + output());
        }
        process.toHandle().destroyForcibly();
        int status = awaitExit(DEATH);
        if (status != KILLED) {
            throw new AssertionError("It was to be killed, but ended with " + status + output());
        }
    }

    /** Asks it to stop, as {@code kill} and container platforms do. What it says to that is still read. */
    void terminate() {
        // Process.destroy would close its output.
        process.toHandle().destroy();
    }

    /** @return the exit status */
    int awaitExit(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("It had not ended after " + atMost.toSeconds() + " s" + output());
        }
        reader.join(DEATH.toMillis());
        return process.exitValue();
    }

    /** What it printed, for a failure's message. */
    String output() {
        synchronized (lines) {
            return "\n--- output of child " + process.pid() + "\n" + lines.stream()
                    .filter(line -> !line.startsWith(StopPoints.STEP)).collect(Collectors.joining("\n")) + "\n---";
        }
    }

    /** What the program printed. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Ends it, whatever it is doing. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(DEATH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith(OF_THE_JVM)) {
                    synchronized (lines) {
                        lines.add(line);
                        lines.notifyAll();
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            synchronized (lines) {
                lines.add("(its output ended: " + e.getMessage() + ")");
            }
        } finally {
            synchronized (lines) {
                ended = true;
                lines.notifyAll();
            }
        }
    }
}
