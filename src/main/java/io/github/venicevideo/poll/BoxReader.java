package io.github.venicevideo.poll;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Steps through the boxes of an MP4 between two positions, reading nothing but their headers and what is asked for. */
final class BoxReader {

    /** More boxes side by side than any video has; so a file of empty boxes does not keep us busy. */
    private static final int MOST_BOXES = 100_000;

    private final FileChannel file;
    private final long end;
    private long next;
    private int count;

    BoxReader(FileChannel file, long start, long end) {
        this.file = file;
        this.next = start;
        this.end = end;
    }

    /**
     * @param type four characters
     * @param start of the content
     * @param end after the content
     * @param open whether it says of itself only that it goes on to the end of the file
     */
    record Box(String type, long start, long end, boolean open) {

        boolean is(String name) {
            return type.equals(name);
        }

        long length() {
            return end - start;
        }
    }

    /** What is wrong with the file; the message is a sentence for people. */
    static final class BrokenException extends Exception {
        BrokenException(String message) {
            super(message);
        }
    }

    /** The next box, whole; null at the end. */
    Box next() throws IOException, BrokenException {
        if (next == end) {
            return null;
        }
        if (++count > MOST_BOXES) {
            throw new BrokenException("It has too many boxes to be a video.");
        }
        if (end - next < 8) {
            throw new BrokenException("It breaks off in the middle of a box header, at byte " + next + ".");
        }
        ByteBuffer header = read(next, (int) Math.min(16, end - next));
        long size = Integer.toUnsignedLong(header.getInt(0));
        String type = type(header);
        long start = next + 8;
        if (size == 1) {
            if (header.limit() < 16) {
                throw new BrokenException("It breaks off in the middle of the header of " + type + ".");
            }
            size = header.getLong(8);
            start = next + 16;
        }
        boolean open = size == 0;
        if (!open && size < start - next) {
            throw new BrokenException("The box " + type + " at byte " + next + " has an impossible size.");
        }
        if (!open && size > end - next) {
            throw new BrokenException("The box " + type + " at byte " + next + " needs " + size + " bytes, but "
                    + (end - next) + " are there: the file is cut or damaged.");
        }
        Box box = new Box(type, start, open ? end : next + size, open);
        next = box.end();
        return box;
    }

    /** The first box of that type that is left, or null. */
    Box find(String type) throws IOException, BrokenException {
        for (Box box = next(); box != null; box = next()) {
            if (box.is(type)) {
                return box;
            }
        }
        return null;
    }

    /** Bytes of the file; the caller knows that they are there, unless the file shrinks meanwhile. */
    ByteBuffer read(long position, int length) throws IOException, BrokenException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new BrokenException("It ends before it should, at byte " + (position + bytes.position()) + ".");
            }
        }
        return bytes.flip();
    }

    private static String type(ByteBuffer header) throws BrokenException {
        byte[] name = new byte[4];
        header.get(4, name);
        for (byte c : name) {
            // 0xA9 starts the names of some Apple boxes
            if ((c < ' ' || c > '~') && c != (byte) 0xa9) {
                throw new BrokenException("It holds something that is not a box: it is no MP4, or damaged.");
            }
        }
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
