package io.github.venicevideo.intake.media;

import io.github.venicevideo.intake.media.MediaMeasurer.UnreadableMediumException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How long an MP3 lasts, by counting its frames: so it does not matter which tags stand before them, and a header that
 * tells another length is not believed. The library that was tried took MPEG-2 (voices at 22 kHz) for negative lengths.
 */
final class Mp3Length {

    private static final String CUT = "It ends in the middle: it was not copied to its end, or is damaged.";
    private static final int MOST_TAGS = 50;
    private static final int MOST_GAPS = 100;
    private static final int LONGEST_GAP = 65_536;
    private static final int LONGEST_FREE_FRAME = 16_384;

    private final FileBytes file;
    /** How many bytes may still be looked through for where frames of free format end: noise is full of beginnings. */
    private long looks;

    private Mp3Length(FileBytes file) {
        this.file = file;
        this.looks = 2 * file.length() + 1_000_000;
    }

    /** @throws UnreadableMediumException when there is not one frame in it */
    static double seconds(Path path) throws IOException, UnreadableMediumException {
        try (FileBytes file = FileBytes.of(path)) {
            double seconds = new Mp3Length(file).walk();
            if (seconds <= 0) {
                throw new UnreadableMediumException("There is no sound in it: it is damaged, or no MP3.", null);
            }
            return seconds;
        }
    }

    private double walk() throws IOException, UnreadableMediumException {
        double seconds = 0;
        long at = afterZeros(afterTags(afterZeros(0)));
        for (int gaps = 0; gaps < MOST_GAPS; gaps++) {
            at = nextFrame(at);
            if (at < 0) {
                return seconds;
            }
            Mp3Frame frame = frame(at);
            while (frame.isOne() && at + frame.bytes() <= file.length()) {
                seconds += frame.seconds();
                at += frame.bytes();
                frame = frame(at);
            }
            if (at >= file.length() || isTag(at)) {
                return seconds;
            }
        }
        return seconds;
    }

    /** What was left free for a tag to grow, and is no part of the tag. */
    private long afterZeros(long from) throws IOException {
        long at = from;
        while (at < file.length() && file.at(at) == 0) {
            at++;
        }
        return at;
    }

    /** ID3v2 tags, of which there may be several, and APE tags. */
    private long afterTags(long from) throws IOException, UnreadableMediumException {
        long at = from;
        for (int i = 0; i < MOST_TAGS && at + 32 <= file.length(); i++) {
            if (file.says(at, "ID3")) {
                boolean footer = (file.at(at + 5) & 0x10) != 0;
                long size = (file.at(at + 6) & 0x7fL) << 21 | (file.at(at + 7) & 0x7fL) << 14
                        | (file.at(at + 8) & 0x7fL) << 7 | file.at(at + 9) & 0x7fL;
                at += 10 + size + (footer ? 10 : 0);
            } else if (file.says(at, "APETAGEX")) {
                at += 32 + file.littleEndian(at + 12, 4);
            } else {
                return at;
            }
            if (at > file.length()) {
                throw new UnreadableMediumException(CUT, null);
            }
        }
        return at;
    }

    /** What players stop at. */
    private boolean isTag(long at) throws IOException {
        return file.says(at, "TAG") || file.says(at, "APETAGEX") || file.says(at, "LYRICS");
    }

    /** A frame after which another comes, or the end: eleven set bits alone are found in any noise. Negative: none. */
    private long nextFrame(long from) throws IOException {
        for (long at = from; at + 4 <= Math.min(file.length(), from + LONGEST_GAP); at++) {
            if (file.at(at) == 0xff) {
                Mp3Frame frame = frame(at);
                long next = at + frame.bytes();
                if (frame.isOne() && (next == file.length() || isTag(next) || frame(next).isOne())) {
                    return at;
                }
            }
        }
        return -1;
    }

    private Mp3Frame frame(long at) throws IOException {
        if (at + 4 > file.length()) {
            return Mp3Frame.NONE;
        }
        int header = (int) file.bigEndian(at, 4);
        Mp3Frame frame = Mp3Frame.of(header);
        return frame.isFree() ? frame.lasting(freeLength(at, header)) : frame;
    }

    /** A frame of free format ends where the next one of its kind begins. */
    private int freeLength(long at, int header) throws IOException {
        for (int length = 24; length <= LONGEST_FREE_FRAME && at + length + 4 <= file.length() && looks-- > 0; length++) {
            if (file.at(at + length) == 0xff
                    && Mp3Frame.isAlike((int) file.bigEndian(at + length, 4), header)) {
                return length;
            }
        }
        // The last one has none behind it.
        return (int) Math.min(LONGEST_FREE_FRAME, file.length() - at);
    }
}
