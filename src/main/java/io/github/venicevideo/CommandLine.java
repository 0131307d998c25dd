package io.github.venicevideo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the program was started with.
 *
 * @param config the properties file to take instead of {@code ./application.properties}
 */
record CommandLine(Optional<Path> config, boolean help, boolean version) {

    static final String USAGE = """
            Usage: java -jar venice-video-routes.jar [--config FILE]

              --config FILE  settings, instead of ./application.properties
              --version      print the version
              --help         print this""";

    /** @throws IllegalArgumentException with a sentence for people, when it cannot be understood */
    static CommandLine parse(String[] arguments) {
        Optional<Path> config = Optional.empty();
        boolean help = false;
        boolean version = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--help", "-h" -> help = true;
                case "--version" -> version = true;
                case "--config" -> {
                    if (i + 1 == arguments.length) {
                        throw new IllegalArgumentException("--config needs the name of a file");
                    }
                    config = Optional.of(Path.of(arguments[++i]));
                }
                default -> throw new IllegalArgumentException("There is no option " + arguments[i]);
            }
        }
        return new CommandLine(config, help, version);
    }
}
