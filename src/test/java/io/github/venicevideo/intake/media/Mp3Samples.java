package io.github.venicevideo.intake.media;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** MP3s as they come from phones, editors and archives, four seconds each where nothing else is said. */
final class Mp3Samples {

    private static final byte[] PLAIN = Samples.mp3(4);

    private Mp3Samples() {
    }

    static byte[] odd(String how) {
        return switch (how) {
            case "large" -> Samples.concat(id3(3, 0, 3_000_000), PLAIN);
            case "footer" -> Samples.concat(id3(4, 0x10, 100), new byte[10], PLAIN);
            case "two" -> Samples.concat(id3(3, 0, 100), id3(4, 0, 200), PLAIN);
            case "version 5" -> Samples.concat(id3(5, 0, 100), PLAIN);
            case "ape first" -> Samples.concat(ape(), PLAIN);
            case "ape last" -> Samples.concat(PLAIN, ape());
            case "id3v1" -> Samples.concat(PLAIN, Samples.ascii("TAG"), new byte[125]);
            case "junk" -> Samples.concat(id3(3, 0, 10), new byte[3_000], PLAIN);
            case "noise between" -> Samples.concat(Samples.mp3(2), new byte[500], Samples.mp3(2));
            case "variable" -> frames(154, frame("fffb9064", 417), frame("fffbe064", 1_044));
            case "a header that lies" -> Samples.concat(xing(100_000), PLAIN);
            // MPEG-2, 22,050 Hz, 64 kbit/s.
            case "half rate" -> frames(100, frame("fff38064", 208));
            case "free format" -> frames(154, frame("fffb0064", 600));
            case "layer 2" -> frames(154, frame("fffd8064", 417));
            case "cut" -> Arrays.copyOf(PLAIN, 30_000);
            default -> throw new IllegalArgumentException(how);
        };
    }

    private static byte[] frames(int count, byte[]... kinds) {
        byte[][] frames = new byte[count][];
        for (int i = 0; i < count; i++) {
            frames[i] = kinds[i % kinds.length];
        }
        return Samples.concat(frames);
    }

    private static byte[] frame(String header, int bytes) {
        return Samples.concat(Samples.hex(header), new byte[bytes - 4]);
    }

    private static byte[] xing(int frames) {
        return ByteBuffer.wrap(frame("fffb9064", 417)).position(36).put(Samples.ascii("Xing")).putInt(1).putInt(frames).array();
    }

    private static byte[] id3(int version, int flags, int size) {
        return Samples.concat(Samples.ascii("ID3"), new byte[] {(byte) version, 0, (byte) flags, (byte) (size >> 21 & 0x7f),
            (byte) (size >> 14 & 0x7f), (byte) (size >> 7 & 0x7f), (byte) (size & 0x7f)}, new byte[size]);
    }

    private static byte[] ape() {
        return Samples.concat(Samples.ascii("APETAGEX"), Samples.hex("d0070000" + "20000000" + "00000000" + "000000a0"), new byte[8],
                new byte[32]);
    }
}
