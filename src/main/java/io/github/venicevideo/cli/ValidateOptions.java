package io.github.venicevideo.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@link Validate} was asked for.
 *
 * @param bundles at least one, as they were written
 * @param offline whether nobody may be asked
 * @param json whether to print for programs
 * @param drop whose bundles they are to be; empty: by where they lie
 */
record ValidateOptions(List<Path> bundles, boolean offline, boolean json, Optional<String> drop) {

    /** @throws UsageException when it cannot be understood */
    static ValidateOptions parse(List<String> operands) {
        List<Path> bundles = new ArrayList<>();
        boolean offline = false;
        boolean json = false;
        Optional<String> drop = Optional.empty();
        boolean onlyPaths = false;
        for (int i = 0; i < operands.size(); i++) {
            String operand = operands.get(i);
            switch (onlyPaths ? "" : operand) {
                case "--" -> onlyPaths = true;
                case "--offline" -> offline = true;
                case "--json" -> json = true;
                case "--drop" -> drop = Optional.of(value(operands, ++i));
                default -> {
                    if (!onlyPaths && operand.startsWith("-")) {
                        throw new UsageException("There is no option " + operand
                                + " beside --validate. For a bundle of that name write ./" + operand);
                    }
                    bundles.add(bundle(operand));
                }
            }
        }
        if (bundles.isEmpty()) {
            throw new UsageException("--validate needs the path of a bundle");
        }
        return new ValidateOptions(List.copyOf(bundles), offline, json, drop);
    }

    private static String value(List<String> operands, int at) {
        if (at >= operands.size()) {
            throw new UsageException("--drop needs the name of a drop folder");
        }
        return operands.get(at);
    }

    private static Path bundle(String operand) {
        Path path = path(operand);
        if (operand.isEmpty() || path.toAbsolutePath().normalize().getFileName() == null) {
            throw new UsageException("There is no bundle at \"" + operand + "\"");
        }
        return path;
    }

    private static Path path(String operand) {
        try {
            return Path.of(operand);
        } catch (InvalidPathException e) {
            throw new UsageException("There can be no file named \"" + operand + "\"", e);
        }
    }
}
