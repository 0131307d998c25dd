package io.github.venicevideo.home;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Makes job ids: unique, sorting by time, safe in file names and URIs on every system. */
public final class JobIds {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int RANDOM_CHARACTERS = 6;
    private static final int PROGRAM_CHARACTERS = 3;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final String program = random(PROGRAM_CHARACTERS);

    public JobIds(Clock clock) {
        this.clock = clock;
    }

    /** A new id, such as {@code 20261122-170201-7k3mq2x9c}; its last three characters are this program's. */
    public String next() {
        return TIME.format(clock.instant()) + "-" + random(RANDOM_CHARACTERS) + program;
    }

    /** Whether an id, or a take of it, was made by this program since it started. */
    public boolean isOwn(String id) {
        String[] parts = id.split("-");
        return parts.length > 2 && parts[2].endsWith(program);
    }

    private String random(int characters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** The id of a further take of a job, from 2. */
    public static String take(String firstId, int take) {
        return firstId + "-" + take;
    }
}
