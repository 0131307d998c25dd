package io.github.venicevideo.home;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Makes job ids: unique, sorting by time, safe in file names and URIs on every system. */
public final class JobIds {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_CHARACTERS = "yyyyMMdd-HHmmss".length();
    private static final int RANDOM_CHARACTERS = 8;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public JobIds(Clock clock) {
        this.clock = clock;
    }

    /** A new id, such as {@code 20261122-170201-7k3mq2x9}. */
    public String next() {
        StringBuilder id = new StringBuilder(TIME.format(clock.instant())).append('-');
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** Whether an id was made in an earlier second than another. */
    public static boolean isOlder(String id, String other) {
        return time(id).compareTo(time(other)) < 0;
    }

    private static String time(String id) {
        return id.substring(0, Math.min(id.length(), TIME_CHARACTERS));
    }

    /** The id of a further take of a job, from 2. */
    public static String take(String firstId, int take) {
        return firstId + "-" + take;
    }
}
