package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.names.SafeNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Finds out in which charset a zip names its files, where neither a flag nor an extra field says so: one for the whole zip,
 * since one program made it. Whatever is checked of a name is checked after this: a byte of Shift-JIS may be a {@code \}.
 */
final class ZipNames {

    private ZipNames() {
    }

    /**
     * Decodes names.
     *
     * @param raw names whose charset is not told
     * @param manifest the text of the request beside them, which may name them; empty without one
     * @throws AmbiguousException when they may be read in more than one way, or in none
     */
    static List<String> decode(List<byte[]> raw, String manifest) throws AmbiguousException {
        Optional<List<String>> utf8 = decode(raw, StandardCharsets.UTF_8);
        if (utf8.isPresent()) {
            return utf8.get();
        }
        Map<List<String>, NameCharset> readings = new LinkedHashMap<>();
        for (NameCharset charset : NameCharset.values()) {
            charset.charset().flatMap(c -> decode(raw, c)).ifPresent(names -> readings.putIfAbsent(names, charset));
        }
        List<List<String>> named = best(readings.keySet().stream().toList(), names -> named(names, manifest));
        if (named.size() == 1 && named(named.get(0), manifest) > 0) {
            return named.get(0);
        }
        List<List<String>> likely = named.stream().filter(names -> readings.get(names).isLikely(names)).toList();
        List<List<String>> common = best(likely, names -> readings.get(names).common(names));
        if (common.size() == 1) {
            return common.get(0);
        }
        throw new AmbiguousException((common.isEmpty() ? named : common).stream().limit(3)
                .map(names -> names.stream().filter(ZipNames::isOdd).findFirst().orElse("") + " (" + readings.get(names).shown() + ")")
                .toList());
    }

    private static Optional<List<String>> decode(List<byte[]> raw, Charset charset) {
        List<String> names = new ArrayList<>();
        try {
            for (byte[] name : raw) {
                names.add(charset.newDecoder().decode(ByteBuffer.wrap(name)).toString());
            }
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        return Optional.of(names);
    }

    /** How many of the names the manifest has. */
    private static int named(List<String> names, String manifest) {
        return (int) names.stream().filter(ZipNames::isOdd).map(name -> name.substring(name.lastIndexOf('/') + 1))
                .filter(name -> manifest.contains(SafeNames.nfc(name))).count();
    }

    private static boolean isOdd(String name) {
        return name.chars().anyMatch(c -> c > 0x7f);
    }

    private static List<List<String>> best(List<List<String>> readings, ToIntFunction<List<String>> score) {
        int most = readings.stream().mapToInt(score).max().orElse(0);
        return readings.stream().filter(names -> score.applyAsInt(names) == most).toList();
    }

    /** Names that may be read in several ways, each with its charset, as people may know them. */
    static final class AmbiguousException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<String> readings;

        AmbiguousException(List<String> readings) {
            super("the names in the zip are in an encoding that cannot be told");
            this.readings = readings;
        }

        List<String> readings() {
            return readings;
        }
    }
}
