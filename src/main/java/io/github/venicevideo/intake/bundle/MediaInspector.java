package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.draft.Family;
import io.github.venicevideo.intake.draft.MediaSpots;
import io.github.venicevideo.intake.media.BoundedInput;
import io.github.venicevideo.intake.media.Measured;
import io.github.venicevideo.intake.media.MediaMeasurer;
import io.github.venicevideo.intake.media.Medium;
import io.github.venicevideo.intake.media.MimeSniffer;
import io.github.venicevideo.intake.media.RawPicture;
import io.github.venicevideo.intake.names.StandIn;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.venice.request.Media;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.tika.mime.MimeTypes;

/** Opens media files, each once per reading, and tells what they are. Lives for one reading. */
final class MediaInspector {

    private final MimeSniffer sniffer;
    private final MediaMeasurer measurer = new MediaMeasurer();
    private final Unpacked unpacked;
    private final Findings findings;
    private final Map<Path, Inspected> seen = new HashMap<>();
    private final Map<Path, Measured> measured = new HashMap<>();
    private final Map<Path, String> relative = new HashMap<>();

    MediaInspector(MimeSniffer sniffer, Unpacked unpacked, Findings findings) {
        this.sniffer = sniffer;
        this.unpacked = unpacked;
        this.findings = findings;
    }

    /** What a file is. */
    Inspected inspect(BundleFile file) throws IOException {
        Inspected known = seen.get(file.path());
        if (known == null) {
            known = read(file);
            seen.put(file.path(), known);
        }
        return known;
    }

    /** The file as medium for a field; empty, with a problem found, when it is not of the field's family. */
    Optional<Medium> medium(BundleFile file, String pointer, Family family) throws IOException {
        Inspected inspected = inspect(file);
        String path = MediaSpots.Spot.pathOf(pointer);
        if (inspected.bytes() == 0) {
            findings.add(ProblemCode.EMPTY_FILE, file.name(), path, "", family.allowed(),
                    "Copy it again, or let the cloud's program download it.");
            return Optional.empty();
        }
        if (inspected.standIn().isPresent()) {
            StandIn standIn = inspected.standIn().get();
            findings.add(standIn.code(), file.name(), path, "", "", standIn.hint());
            return Optional.empty();
        }
        if (!accepts(family, inspected.mimeType(), file.name(), path)) {
            return Optional.empty();
        }
        Measured size = measured(file.path(), inspected.mimeType());
        if (!opens(size, file.name(), path)) {
            return Optional.empty();
        }
        String where = relative.get(file.path());
        if (where == null) {
            where = unpacked.relative(file.path());
            relative.put(file.path(), where);
        }
        return Optional.of(new Medium(file.name(), inspected.mimeType(), inspected.bytes(), inspected.sha256(), size,
                Optional.of(new Media(pointer, where, inspected.mimeType(), inspected.bytes(), inspected.sha256(),
                        false))));
    }

    /** What a medium's bytes measure, which are looked into once. */
    Measured measured(Path file, String mimeType) throws IOException {
        Measured known = measured.get(file);
        if (known == null) {
            known = measurer.measure(file, mimeType);
            measured.put(file, known);
        }
        return known;
    }

    /** False, with a problem found, when the medium cannot be opened. */
    boolean opens(Measured size, String file, String path) {
        if (!size.flaw().isEmpty()) {
            findings.add(ProblemCode.CANNOT_BE_OPENED, file, path, "", "", size.flaw()
                    + " Open it on your own computer to see what is wrong, and save or copy it again.");
            return false;
        }
        if (size.position()) {
            findings.note(file + " tells where it was taken (GPS position); the API and its providers will see it."
                    + " Export it without its location to keep that to yourself.");
        }
        if (size.moves()) {
            findings.note(file + " is an animation; a still is made of it, most likely of its first picture.");
        }
        if (size.turned()) {
            findings.note(file + " is stored on its side or upside down, with a note on how to turn it. Whether the provider"
                    + " turns it is not known: export it upright to be sure.");
        }
        return true;
    }

    boolean accepts(Family family, String mimeType, String file, String path) {
        if (family.accepts(mimeType)) {
            return true;
        }
        String what = switch (mimeType) {
            case "text/html", "application/xhtml+xml" ->
                    "By its bytes it is a web page: download the medium itself.";
            case "application/octet-stream" -> "Its bytes are of no known format: it may be damaged.";
            case RawPicture.MIME_TYPE -> "It is a camera's raw picture" + RawPicture.kind(file).map(kind -> " (" + kind + ")")
                    .orElse("") + ", which no model develops: export a JPEG of it.";
            case "image/svg+xml" -> "It is a drawing (SVG): export it as PNG.";
            default -> "By its bytes it is " + mimeType + ", whatever its name says.";
        };
        findings.add(ProblemCode.WRONG_MEDIUM, file, path, "", family.allowed(), what);
        return false;
    }

    private Inspected read(BundleFile file) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        byte[] buffer = new byte[MimeSniffer.HEAD];
        try (InputStream in = new BoundedInput(Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS),
                ReadLimits.DEFAULT.unpackedBytes())) {
            int n = in.readNBytes(buffer, 0, buffer.length);
            byte[] head = Arrays.copyOf(buffer, n);
            byte[] first = head;
            long bytes = 0;
            while (n > 0) {
                digest.update(buffer, 0, n);
                if (isBlank(first)) {
                    first = Arrays.copyOf(buffer, n);
                }
                bytes += n;
                n = in.readNBytes(buffer, 0, buffer.length);
            }
            String mimeType = sniffer.sniff(head, file.extension());
            if (mimeType.equals(MimeTypes.OCTET_STREAM) && isBlank(head)) {
                mimeType = sniffer.sniffSound(first);
            }
            return new Inspected(mimeType, bytes, HexFormat.of().formatHex(digest.digest()),
                    StandIn.of(head, bytes, isBlank(first)));
        }
    }

    private static boolean isBlank(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    /**
     * What a file turned out to be.
     *
     * @param mimeType by its bytes
     * @param bytes its size
     * @param sha256 lower-case hex digest
     * @param standIn what it is, if it only stands in for another
     */
    record Inspected(String mimeType, long bytes, String sha256, Optional<StandIn> standIn) {
    }
}
