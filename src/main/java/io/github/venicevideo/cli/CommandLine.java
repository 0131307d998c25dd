package io.github.venicevideo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the program was started with.
 *
 * @param config the properties file to take instead of {@code ./application.properties}
 * @param command what to do instead of running
 * @param operands what followed the command's option
 */
public record CommandLine(Optional<Path> config, boolean help, boolean version, Optional<Command> command, List<String> operands) {

    private static final Path CONFIG = Path.of("application.properties");

    /** @throws IllegalArgumentException with a sentence for people, when it cannot be understood */
    static CommandLine parse(String[] arguments) {
        Optional<Path> config = Optional.empty();
        Optional<Command> command = Optional.empty();
        List<String> operands = new ArrayList<>();
        boolean help = false;
        boolean version = false;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            Optional<Command> found = command.isEmpty() ? Commands.find(argument) : Optional.empty();
            if (argument.equals("--config")) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException("--config needs the name of a file");
                }
                config = Optional.of(Path.of(arguments[++i]));
            } else if (argument.equals("--help") || argument.equals("-h")) {
                help = true;
            } else if (argument.equals("--version")) {
                version = true;
            } else if (found.isPresent()) {
                command = found;
            } else if (command.isPresent()) {
                operands.add(argument);
            } else {
                throw new IllegalArgumentException("There is no option " + argument);
            }
        }
        return new CommandLine(config, help, version, command, List.copyOf(operands));
    }

    /** The properties file that counts, if there is one; the one that {@code --config} names may not be there. */
    Optional<Path> settingsFile() {
        return config.or(() -> Optional.of(CONFIG).filter(Files::isRegularFile));
    }

    public static String usage() {
        return Stream.concat(Stream.of("Usage: java -XX:+ExitOnOutOfMemoryError -jar venice-video-routes.jar [--config FILE] [COMMAND]", "",
                                "Without a command it runs until it is stopped.", ""),
                        Stream.concat(Stream.of(line("--config FILE", "settings, instead of ./application.properties"),
                                        line("--version", "print the version"), line("--help", "print this")),
                                Commands.ALL.stream().map(command -> line((command.option() + " " + command.operands()).strip(),
                                        command.says()))))
                .collect(Collectors.joining("\n"));
    }

    private static String line(String option, String says) {
        return option.length() < 22 ? String.format("  %-22s %s", option, says)
                : "  " + option + "\n" + " ".repeat(25) + says;
    }
}
