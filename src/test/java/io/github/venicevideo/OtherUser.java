package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Another user of the machine, for tests that run as one who may become anybody. */
public final class OtherUser {

    private static final String NAME = "nobody";
    private static final long SECONDS = 30;

    private OtherUser() {
    }

    /** Skips the test where the build may not switch users. */
    public static void assume() throws IOException, InterruptedException {
        Assumptions.assumeTrue(isThere(), "Only root may switch users, with setpriv, to one who is there");
    }

    /** Whether the build may switch users. */
    public static boolean isThere() throws IOException, InterruptedException {
        return "root".equals(System.getProperty("user.name")) && new File("/usr/bin/setpriv").canExecute()
                && start(List.of("true")).waitFor() == 0;
    }

    /** Runs a line of shell as that user, or, where the build may not switch users, as this one; what they make is anybody's. */
    public static String runAsFarAsMayBe(Path folder, String line) throws IOException, InterruptedException {
        return isThere() ? run(folder, "umask 0; " + line)
                : output(new ProcessBuilder("sh", "-c", "cd '" + folder + "' && umask 0; " + line).redirectErrorStream(true).start());
    }

    /** Lets them as far as a folder of the test's, and no further. */
    public static void letInto(Path folder) throws IOException {
        for (Path above = folder; above != null && !above.equals(above.getRoot()); above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).containsAll(PosixFilePermissions.fromString("--x--x--x"))) {
                Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** Runs a line of shell as that user, and says what it printed. */
    public static String run(Path folder, String line) throws IOException, InterruptedException {
        return output(start(List.of("sh", "-c", "cd '" + folder + "' && " + line)));
    }

    /** Starts a line of shell that stays where it begins, whatever becomes of that folder. */
    public static Process stay(Path folder, String line) throws IOException {
        return start(List.of("sh", "-c", "cd '" + folder + "' && " + line));
    }

    /** Runs a class of the tests. */
    public static String java(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return output(start(command));
    }

    private static Process start(List<String> line) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/setpriv", "--reuid=" + NAME, "--regid=65534", "--clear-groups"));
        command.addAll(line);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(output).isTrue();
        return output;
    }
}
