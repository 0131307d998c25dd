package io.github.venicevideo.intake.media;

import io.github.venicevideo.intake.media.MediaMeasurer.UnreadableMediumException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How long a WAV lasts, by its bytes a second, which each has whatever its coding: Java's own reader knows PCM alone,
 * and takes a file for whole that was not copied to its end.
 */
final class WavLength {

    private static final String CUT = "It ends in the middle: it was not copied to its end, or is damaged.";
    private static final String ODD = "It holds no sound: save it again, as an uncompressed (PCM) WAV or as an MP3.";
    private static final int MOST_CHUNKS = 10_000;
    /** A sound that was recorded into a pipe has no length yet, or one near these. */
    private static final long STREAMED = 0x7fff_0000L;
    /** What careless writers count too much. */
    private static final int SLACK = 4_096;

    private final FileBytes file;
    private long rate;

    private WavLength(FileBytes file) {
        this.file = file;
    }

    static double seconds(Path path) throws IOException, UnreadableMediumException {
        try (FileBytes file = FileBytes.of(path)) {
            return new WavLength(file).walk();
        }
    }

    private double walk() throws IOException, UnreadableMediumException {
        long at = 12;
        for (int i = 0; i < MOST_CHUNKS && at + 8 <= file.length(); i++) {
            long size = file.littleEndian(at + 4, 4);
            if (file.says(at, "fmt ") && size >= 16 && at + 24 <= file.length()) {
                rate = file.littleEndian(at + 16, 4);
            } else if (file.says(at, "data")) {
                return data(size, file.length() - at - 8);
            }
            at += 8 + size + size % 2;
        }
        throw new UnreadableMediumException(at > file.length() ? CUT : ODD, null);
    }

    private double data(long told, long there) throws UnreadableMediumException {
        boolean streamed = told == 0 || told >= STREAMED;
        if (!streamed && told > there + SLACK) {
            throw new UnreadableMediumException(CUT, null);
        }
        if (rate == 0 || there == 0) {
            throw new UnreadableMediumException(ODD, null);
        }
        return (double) (streamed ? there : Math.min(told, there)) / rate;
    }
}
