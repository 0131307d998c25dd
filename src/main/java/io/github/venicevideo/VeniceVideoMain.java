package io.github.venicevideo;

/**
 * Runs the bundle by itself, in the foreground, until it is told to stop.
 */
public final class VeniceVideoMain {

    private static final int USAGE = 2;

    private VeniceVideoMain() {
    }

    /**
     * Starts it.
     *
     * @param arguments {@code --config FILE}, {@code --help}, {@code --version}
     */
    public static void main(String[] arguments) throws Exception {
        // Before the first logger is made; our file lies where it cannot be taken for a host's.
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "venice-video/logback.xml");
        }
        CommandLine command;
        try {
            command = CommandLine.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(CommandLine.USAGE);
            System.exit(USAGE);
            return;
        }
        if (command.help()) {
            System.out.println(CommandLine.USAGE);
        } else if (command.version()) {
            System.out.println("venice-video-routes " + Program.version());
        } else {
            System.exit(new Program().run(command));
        }
    }
}
