package io.github.venicevideo.intake.media;

/**
 * What the four bytes tell that an MPEG audio frame begins with (ISO/IEC 11172-3 and 13818-3).
 *
 * @param bytes how long the frame is; 0 in free format, where the header does not tell
 * @param seconds how long it lasts; 0 for what is no frame
 */
record Mp3Frame(int bytes, double seconds) {

    static final Mp3Frame NONE = new Mp3Frame(0, 0);

    /** Version, layer and sampling rate: what stays the same from frame to frame. */
    private static final int KIND = 0xfffe_0c00;
    private static final int MPEG_1 = 3;
    private static final int LAYER_1 = 3;
    private static final int LAYER_2 = 2;
    private static final int[] HERTZ = {44_100, 48_000, 32_000};
    private static final int[] LAYER_1_KBIT = {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448};
    private static final int[] LAYER_2_KBIT = {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384};
    private static final int[] LAYER_3_KBIT = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] MPEG_2_LAYER_1_KBIT = {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256};
    private static final int[] MPEG_2_KBIT = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};

    static Mp3Frame of(int header) {
        int version = header >>> 19 & 3;
        int layer = header >>> 17 & 3;
        int rate = header >>> 12 & 15;
        int frequency = header >>> 10 & 3;
        if (header >>> 21 != 0x7ff || version == 1 || layer == 0 || rate == 15 || frequency == 3) {
            return NONE;
        }
        int hertz = HERTZ[frequency] >> (version == MPEG_1 ? 0 : version == 2 ? 1 : 2);
        int samples = layer == LAYER_1 ? 384 : layer == LAYER_2 || version == MPEG_1 ? 1_152 : 576;
        int bitsPerSecond = kbit(version, layer)[rate] * 1_000;
        int padding = header >>> 9 & 1;
        int bytes = layer == LAYER_1 ? (12 * bitsPerSecond / hertz + padding) * 4
                : samples / 8 * bitsPerSecond / hertz + padding;
        return new Mp3Frame(bitsPerSecond == 0 ? 0 : bytes, (double) samples / hertz);
    }

    /** Whether another header may follow this one. */
    static boolean isAlike(int header, int other) {
        return (header & KIND) == (other & KIND) && (header & 0xf000) == (other & 0xf000);
    }

    boolean isOne() {
        return seconds > 0 && bytes > 0;
    }

    boolean isFree() {
        return seconds > 0 && bytes == 0;
    }

    Mp3Frame lasting(int length) {
        return new Mp3Frame(length, seconds);
    }

    private static int[] kbit(int version, int layer) {
        if (version != MPEG_1) {
            return layer == LAYER_1 ? MPEG_2_LAYER_1_KBIT : MPEG_2_KBIT;
        }
        return layer == LAYER_1 ? LAYER_1_KBIT : layer == LAYER_2 ? LAYER_2_KBIT : LAYER_3_KBIT;
    }
}
