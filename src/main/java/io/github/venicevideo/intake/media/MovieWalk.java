package io.github.venicevideo.intake.media;

import io.github.venicevideo.intake.media.MediaMeasurer.UnreadableMediumException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Walks the boxes of an MP4 or MOV (ISO/IEC 14496-12): whether it was copied to its end, how long it lasts, and whether it
 * tells where it was taken. What a camera's maker hangs on behind the last box is passed over, as players do. Lives for one
 * file.
 */
final class MovieWalk {

    private static final String CUT = "It ends in the middle: it was not copied to its end, or is damaged.";
    private static final String ODD = "It is damaged.";
    private static final String UNFINISHED =
            "Its table of contents (moov) is missing: the recording was not finished, or is cut off.";
    /** Without these a clip does not play. */
    private static final Set<String> NEEDED = Set.of("ftyp", "moov", "mdat", "moof");
    private static final Set<String> TREE =
            Set.of("moov", "trak", "mdia", "minf", "stbl", "mvex", "moof", "traf", "udta", "meta", "ilst", "edts");
    /** Makers write what they like in here. */
    private static final Set<String> THEIRS = Set.of("udta", "meta", "ilst");
    private static final int DEEPEST = 12;
    private static final int MOST_BOXES = 4_000_000;
    private static final long LARGEST_TREE = 64L * 1024 * 1024;
    private static final int LONGEST_KEYS = 65_536;

    private final FileBytes file;
    private final Map<Long, Track> tracks = new HashMap<>();
    private Track track = new Track();
    private int boxes;
    private boolean movie;
    private boolean data;
    private boolean position;
    private int width;
    private int height;
    private double seconds;
    private double fragmented;
    private long scale;

    private MovieWalk(FileBytes file) {
        this.file = file;
    }

    static Measured measure(Path path) throws IOException, UnreadableMediumException {
        try (FileBytes file = FileBytes.of(path)) {
            MovieWalk walk = new MovieWalk(file);
            walk.top();
            if (!walk.movie) {
                throw new UnreadableMediumException(UNFINISHED, null);
            }
            return Measured.clip(walk.width, walk.height,
                    Math.max(walk.seconds, Math.max(walk.fragmented, walk.samples())), walk.position, walk.framesPerSecond());
        }
    }

    private void top() throws IOException, UnreadableMediumException {
        for (long at = 0; at + 8 <= file.length(); ) {
            Box box = box(at, file.length());
            if (!box.fits()) {
                boolean trailer = movie && data && !NEEDED.contains(box.type());
                if (trailer) {
                    return;
                }
                throw new UnreadableMediumException(box.size() >= box.head() ? CUT : ODD, null);
            }
            movie |= box.type().equals("moov");
            data |= box.type().equals("mdat");
            if (TREE.contains(box.type())) {
                tree(box, 1);
            }
            at += box.size();
        }
    }

    private void tree(Box parent, int depth) throws IOException, UnreadableMediumException {
        if (depth > DEEPEST || parent.size() > LARGEST_TREE) {
            throw new UnreadableMediumException(ODD, null);
        }
        long end = parent.at() + parent.size();
        long at = parent.at() + parent.head() + flags(parent);
        while (at + 8 <= end) {
            Box box = box(at, end);
            // QuickTime ends a list of user data with a zero.
            if (box.size() == 0) {
                return;
            }
            if (!box.fits()) {
                if (THEIRS.contains(parent.type())) {
                    return;
                }
                throw new UnreadableMediumException(ODD, null);
            }
            if (TREE.contains(box.type())) {
                tree(box, depth + 1);
            } else if (box.size() >= box.head() + 8) {
                leaf(box);
            }
            at += box.size();
        }
    }

    /** In MP4 four bytes of flags come before what {@code meta} holds, in QuickTime none do. */
    private int flags(Box box) throws IOException {
        long at = box.at() + box.head();
        return box.type().equals("meta") && box.size() >= box.head() + 8 && file.bigEndian(at, 4) == 0 ? 4 : 0;
    }

    private void leaf(Box box) throws IOException {
        long at = box.at() + box.head();
        long room = box.size() - box.head();
        switch (box.type()) {
            case "mvhd" -> {
                scale = time(at, room, 12, 20, 4);
                seconds = over(duration(at, room, 16, 24), scale);
            }
            case "mehd" -> fragmented = over(file.at(at) == 1 && room >= 12 ? file.bigEndian(at + 4, 8)
                    : file.bigEndian(at + 4, 4), scale);
            case "tkhd" -> {
                track = new Track();
                tracks.put(time(at, room, 12, 20, 4), track);
                size(at + (file.at(at) == 1 ? 52 : 40), box.at() + box.size());
            }
            case "mdhd" -> {
                track.scale = time(at, room, 12, 20, 4);
                track.whole = duration(at, room, 16, 24);
            }
            case "hdlr" -> track.shown |= room >= 12 && text(at + 8, 4).equals("vide");
            case "stsz", "stz2" -> track.samples += room >= 12 ? file.bigEndian(at + 8, 4) : 0;
            case "trex" -> {
                if (room >= 16) {
                    tracks.computeIfAbsent(file.bigEndian(at + 4, 4), id -> new Track()).each = file.bigEndian(at + 12, 4);
                }
            }
            case "tfhd" -> fragment(at, room);
            case "trun" -> run(at, room);
            case "\u00a9xyz", "loci" -> position = true;
            case "keys" -> position |= text(at, (int) Math.min(room, LONGEST_KEYS)).contains("location.ISO6709");
            default -> { }
        }
    }

    /** As it is shown: a phone that was held upright lays its pictures on their side, and says so in a matrix. */
    private void size(long matrix, long end) throws IOException {
        if (matrix + 44 > end) {
            return;
        }
        int wide = (int) file.bigEndian(matrix + 36, 2);
        int high = (int) file.bigEndian(matrix + 40, 2);
        boolean turned = file.bigEndian(matrix, 4) == 0 && file.bigEndian(matrix + 4, 4) != 0;
        if ((long) wide * high > (long) width * height) {
            width = turned ? high : wide;
            height = turned ? wide : high;
        }
    }

    private long time(long at, long room, int old, int wide, int bytes) throws IOException {
        int offset = file.at(at) == 1 ? wide : old;
        return room >= offset + bytes ? file.bigEndian(at + offset, bytes) : 0;
    }

    private long duration(long at, long room, int old, int wide) throws IOException {
        boolean isWide = file.at(at) == 1;
        long unknown = isWide ? -1 : 0xffff_ffffL;
        long duration = time(at, room, old, wide, isWide ? 8 : 4);
        return duration == unknown ? 0 : duration;
    }

    private void fragment(long at, long room) throws IOException {
        track = tracks.computeIfAbsent(file.bigEndian(at + 4, 4), id -> new Track());
        long flags = file.bigEndian(at + 1, 3);
        long offset = 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
        track.here = (flags & 8) != 0 && room >= offset + 4 ? file.bigEndian(at + offset, 4) : track.each;
    }

    /** Says of each of its samples how long it lasts, or of none. */
    private void run(long at, long room) throws IOException {
        long flags = file.bigEndian(at + 1, 3);
        long samples = file.bigEndian(at + 4, 4);
        track.samples += samples;
        if ((flags & 0x100) == 0) {
            track.duration += samples * track.here;
            return;
        }
        int stride = 4 * Long.bitCount(flags & 0xf00);
        long first = 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
        for (long offset = first; offset + stride <= room && samples-- > 0; offset += stride) {
            track.duration += file.bigEndian(at + offset, 4);
        }
    }

    /** Of the track that has most of them; the pictures in its header and in its fragments are shown in the time of both. */
    private double framesPerSecond() {
        return tracks.values().stream().filter(each -> each.shown).mapToDouble(each -> {
            double time = over(each.whole, each.scale) + over(each.duration, each.scale);
            return time > 0 ? each.samples / time : 0;
        }).max().orElse(0);
    }

    private double samples() {
        return tracks.values().stream().mapToDouble(each -> over(each.duration, each.scale)).max().orElse(0);
    }

    private static double over(long duration, long scale) {
        return duration > 0 && scale > 0 ? (double) duration / scale : 0;
    }

    private Box box(long at, long end) throws IOException, UnreadableMediumException {
        if (boxes++ > MOST_BOXES) {
            throw new UnreadableMediumException(ODD, null);
        }
        long size = file.bigEndian(at, 4);
        String type = text(at + 4, 4);
        if (size == 1 && at + 16 <= end) {
            return new Box(at, type, 16, file.bigEndian(at + 8, 8), end);
        }
        boolean rest = size == 0 && end == file.length() && !THEIRS.contains(type);
        return new Box(at, type, 8, rest ? end - at : size, end);
    }

    private String text(long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) file.at(at + i);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private record Box(long at, String type, int head, long size, long end) {
        boolean fits() {
            return size >= head && size <= end - at;
        }
    }

    /** What the fragments of one track come to, and what its header tells. */
    private static final class Track {
        private boolean shown;
        private long whole;
        private long samples;
        private long scale;
        private long each;
        private long here;
        private long duration;
    }
}
