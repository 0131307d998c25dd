package io.github.venicevideo.cli;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.settings.Settings;

/**
 * Runs the bundle by itself, in the foreground, until it is told to stop.
 */
public final class VeniceVideoMain {

    /** The exit status for what could not be understood. */
    static final int USAGE = 2;
    private static final int FAILED = 1;

    private VeniceVideoMain() {
    }

    /**
     * Starts it.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) throws Exception {
        try {
            begin(arguments);
        } catch (NoClassDefFoundError e) {
            // Nothing of ours that needs a library is loaded before this method runs.
            System.err.println("Not started: a library is missing, since there is no " + String.valueOf(e.getMessage()).replace('/', '.')
                    + ". The folder lib/ must lie beside venice-video-routes.jar, with all that the build put into it: copy both.");
            System.exit(FAILED);
        }
    }

    private static void begin(String[] arguments) throws Exception {
        CommandLine line;
        try {
            line = CommandLine.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(CommandLine.usage());
            System.exit(USAGE);
            return;
        }
        if (line.help()) {
            System.out.println(CommandLine.usage());
        } else if (line.version()) {
            System.out.println("venice-video-routes " + Program.version());
        } else {
            log(line);
            System.exit(new Program(System.out, System.err).run(line));
        }
    }

    /** Before the first logger is made; our files lie where they cannot be taken for a host's. */
    private static void log(CommandLine line) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", line.command().isPresent() ? "venice-video/logback-command.xml"
                    : "venice-video/logback.xml");
        }
        System.setProperty("logback.venice-video", json(line) ? "json" : "text");
    }

    /** What is wrong with the settings is told later, in the log. */
    private static boolean json(CommandLine line) {
        Settings settings = Settings.packaged();
        try {
            settings = line.settingsFile().map(settings::withFile).orElse(settings);
        } catch (InvalidSettingException e) {
            return false;
        }
        return settings.withEnvironment(System.getenv()).withSystem(System.getProperties(), true).text("venice.log.format")
                .filter("json"::equals).isPresent();
    }
}
