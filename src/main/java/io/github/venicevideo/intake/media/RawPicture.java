package io.github.venicevideo.intake.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a camera's raw picture: many of them call themselves TIFF or MP4 in their first bytes, and no model develops one.
 */
public final class RawPicture {

    /** What the sniffer calls them. */
    public static final String MIME_TYPE = "image/x-raw";

    private static final Set<String> EXTENSIONS = Set.of("dng", "cr2", "cr3", "crw", "nef", "nrw", "arw", "srf", "sr2", "raf",
            "orf", "rw2", "rwl", "pef", "ptx", "srw", "x3f", "3fr", "fff", "iiq", "mos", "mef", "mrw", "erf", "dcr", "kdc",
            "k25", "gpr", "raw");
    private static final int DNG_VERSION = 50_706;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int SUB_DIRECTORIES = 330;
    private static final int COLOUR_FILTER_ARRAY = 32_803;
    private static final int LINEAR_RAW = 34_892;
    /** Sony, Samsung, Kodak, Nikon, Pentax. */
    private static final Set<Integer> COMPRESSIONS = Set.of(32_767, 32_769, 32_770, 32_772, 34_713, 65_000, 65_535);
    private static final int MOST_DIRECTORIES = 20;
    private static final int MOST_ENTRIES = 500;

    private final ByteBuffer head;

    private RawPicture(ByteBuffer head) {
        this.head = head;
    }

    /**
     * @param head a file's first bytes
     * @param extension of its name, lower case: what is a TIFF by its bytes and a raw picture by its name is one
     */
    static boolean isOne(byte[] head, String extension) {
        if (head.length < 16) {
            return false;
        }
        String start = new String(head, 0, 16, StandardCharsets.ISO_8859_1);
        if (start.startsWith("FUJIFILMCCD-RAW") || start.startsWith("FOVb") || start.startsWith("\0MRM")
                || start.startsWith("HEAPCCDR", 6) || start.startsWith("ftypcrx", 4) || start.startsWith("IIR")
                || start.startsWith("MMOR") || start.startsWith("IIU\0")) {
            return true;
        }
        boolean little = start.startsWith("II*\0");
        if (!little && !start.startsWith("MM\0*")) {
            return false;
        }
        return start.startsWith("CR", 8) || start.startsWith("IIII", 8) || EXTENSIONS.contains(extension)
                || new RawPicture(ByteBuffer.wrap(head).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)).tells();
    }

    /** What it is called, for people. */
    public static Optional<String> kind(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return Optional.of(extension.toUpperCase(Locale.ROOT)).filter(kind -> EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT)));
    }

    private boolean tells() {
        Deque<Long> open = new ArrayDeque<>();
        open.push(unsigned(4, 4));
        for (int i = 0; i < MOST_DIRECTORIES && !open.isEmpty(); i++) {
            long at = open.pop();
            int entries = (int) Math.min(MOST_ENTRIES, unsigned(at, 2));
            for (int entry = 0; entry < entries; entry++) {
                if (tells(at + 2 + 12L * entry, open)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean tells(long entry, Deque<Long> open) {
        int tag = (int) unsigned(entry, 2);
        int value = (int) unsigned(entry + 8, 2);
        if (tag == SUB_DIRECTORIES) {
            long count = unsigned(entry + 4, 4);
            for (long i = 0; i < Math.min(count, MOST_DIRECTORIES); i++) {
                open.push(count == 1 ? unsigned(entry + 8, 4) : unsigned(unsigned(entry + 8, 4) + 4 * i, 4));
            }
        }
        return tag == DNG_VERSION || tag == COMPRESSION && COMPRESSIONS.contains(value)
                || tag == PHOTOMETRIC && (value == COLOUR_FILTER_ARRAY || value == LINEAR_RAW);
    }

    /** 0 for what lies beyond the head. */
    private long unsigned(long at, int bytes) {
        if (at < 0 || at + bytes > head.limit()) {
            return 0;
        }
        return bytes == 2 ? Short.toUnsignedLong(head.getShort((int) at)) : Integer.toUnsignedLong(head.getInt((int) at));
    }
}
