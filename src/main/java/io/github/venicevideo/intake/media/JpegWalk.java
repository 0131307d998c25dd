package io.github.venicevideo.intake.media;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Walks a JPEG (ITU-T T.81) from marker to marker, as viewers do: what stands between two segments and is none is passed
 * over. Keeps of its head what a reader needs that is less patient. Lives for one file.
 */
final class JpegWalk {

    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int FIRST_MARKER = 0xc0;
    private static final int LAST_MARKER = 0xfe;
    private static final int EXIF = 0xe1;
    /** A segment has at most 64 kB; nobody writes more of these. */
    private static final int MOST_KEPT = 32;

    private final FileBytes file;
    private final JpegScan scan;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private long at = 2;
    private boolean scanned;
    private int kept;

    private JpegWalk(FileBytes file) {
        this.file = file;
        this.scan = new JpegScan(file);
    }

    /**
     * The picture's head without anything odd in it: Exif, frame header, the beginning of a scan, and an end.
     *
     * @throws EOFException when the file ends before the picture does
     */
    static byte[] head(FileBytes file) throws IOException {
        return new JpegWalk(file).walk();
    }

    private byte[] walk() throws IOException {
        head.write(0xff);
        head.write(START);
        try {
            for (int marker = marker(); marker != END || !scanned; marker = marker()) {
                if (hasLength(marker)) {
                    segment(marker);
                }
            }
        } catch (EOFException e) {
            // Some cameras and some mails leave the end marker out.
            if (!scan.isWhole()) {
                throw e;
            }
        }
        // What a camera hangs on behind the end is none of ours.
        head.write(0xff);
        head.write(END);
        return head.toByteArray();
    }

    /** The next marker; in a scan, zeros after 0xff are pixels, and so is whatever else no marker is. */
    private int marker() throws IOException {
        while (true) {
            if (file.at(at++) != 0xff) {
                continue;
            }
            int marker = file.at(at);
            if (marker >= FIRST_MARKER && marker <= LAST_MARKER) {
                at++;
                return marker;
            }
        }
    }

    private static boolean hasLength(int marker) {
        return marker != START && marker != END && !(marker >= 0xd0 && marker <= 0xd7);
    }

    private void segment(int marker) throws IOException {
        int size = (int) file.bigEndian(at, 2);
        if (size < 2) {
            return;
        }
        boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if ((frame || marker == EXIF || marker == SCAN && !scanned) && kept++ < MOST_KEPT) {
            head.write(0xff);
            head.write(marker);
            for (int i = 0; i < size; i++) {
                head.write(file.at(at + i));
            }
        }
        file.at(at + size - 1);
        scan.segment(marker, at, size);
        at += size;
        scanned |= marker == SCAN;
    }
}
