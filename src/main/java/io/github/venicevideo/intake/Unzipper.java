package io.github.venicevideo.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Unpacks a zip, within bounds, into files with names of our own. */
final class Unzipper {

    private static final long RATIO_COUNTS_FROM = 10_000_000;

    private final ReadLimits limits;

    Unzipper(ReadLimits limits) {
        this.limits = limits;
    }

    List<BundleFile> unpack(BundleFile zip, Unpacked unpacked, Findings findings)
            throws InvalidBundleException, IOException {
        long packed = Files.size(zip.path());
        if (packed > limits.unpackedBytes()) {
            throw findings.fatal(ProblemCode.ZIP_TOO_LARGE, zip.name(), "", packed / 1_000_000 + " MB",
                    "at most " + limits.megabytes() + " MB", "Leave only what this video needs.");
        }
        // Before it is opened: the JDK reads the whole directory into memory, and as much again for an index.
        ZipDirectory directory = ZipDirectory.of(zip.path(), limits.files());
        if (directory.isTooLong()) {
            throw findings.fatal(ProblemCode.ZIP_TOO_LARGE, zip.name(), "", "", "at most " + limits.files() + " files",
                    "Leave only what this video needs.");
        }
        try (ZipFile file = open(zip.path())) {
            if (file.size() > limits.files()) {
                throw findings.fatal(ProblemCode.ZIP_TOO_LARGE, zip.name(), "", file.size() + " files",
                        "at most " + limits.files() + " files", "Leave only what this video needs.");
            }
            return new Run(zip, file, packed, directory.links(), unpacked, findings).unpack();
        } catch (TooLargeException e) {
            throw findings.fatal(ProblemCode.ZIP_TOO_LARGE, zip.name(), "", "",
                    limits.megabytes() + " MB unpacked, and no more than " + limits.zipRatio()
                            + " times the zip's own size",
                    "Leave only what this video needs, or drop it as a folder.");
        } catch (ZipException | EOFException e) {
            throw refused(zip, String.valueOf(e.getMessage()), findings);
        }
    }

    /** Old Windows zips name their entries in the code page of DOS. */
    private static ZipFile open(Path path) throws IOException {
        try {
            return new ZipFile(path.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            if (!String.valueOf(e.getMessage()).contains("bad entry name")) {
                throw e;
            }
            return new ZipFile(path.toFile(), dosCharset());
        }
    }

    private static Charset dosCharset() {
        return Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;
    }

    private static InvalidBundleException refused(BundleFile zip, String message, Findings findings) {
        return message.contains("encrypt")
                ? findings.fatal(ProblemCode.ZIP_ENCRYPTED, zip.name(), "", "", "",
                        "Zip it again without a password.")
                : findings.fatal(ProblemCode.ZIP_DAMAGED, zip.name(), "", "", "",
                        "Copy or make it again (" + message + ").");
    }

    /** One unpacking, with its sums. */
    private final class Run {

        private final BundleFile zip;
        private final ZipFile file;
        private final Unpacked unpacked;
        private final Findings findings;
        private final Set<String> seen = new HashSet<>();
        private final long packedBytes;
        private final Set<Integer> links;
        private long bytes;

        Run(BundleFile zip, ZipFile file, long packedBytes, Set<Integer> links, Unpacked unpacked, Findings findings) {
            this.zip = zip;
            this.file = file;
            this.unpacked = unpacked;
            this.findings = findings;
            this.packedBytes = packedBytes;
            this.links = links;
        }

        List<BundleFile> unpack() throws InvalidBundleException, IOException {
            List<BundleFile> files = new ArrayList<>();
            int index = -1;
            for (ZipEntry entry : (Iterable<ZipEntry>) file.stream().map(ZipEntry.class::cast)::iterator) {
                index++;
                // Some Windows tools write \ between the parts; as we name the files ourselves, that is harmless.
                String name = SafeNames.nfc(entry.getName().replace('\\', '/'));
                if (entry.isDirectory() || name.endsWith("/") || isIgnored(name)) {
                    continue;
                }
                if (links.contains(index)) {
                    findings.add(ProblemCode.LINK, name, "", "", "", "Zip the file itself.");
                } else if (!SafeNames.isRelativeInside(name) || SafeNames.hasUnsafeCharacter(name)
                        || name.split("/").length > ReadLimits.DEPTH) {
                    findings.add(ProblemCode.UNSAFE_NAME, name, "", "", "names that stay inside the zip",
                            "Make the zip again from a plain folder.");
                } else if (!seen.add(name)) {
                    findings.add(ProblemCode.GIVEN_TWICE, name, "", "", "", "Make the zip again with one of them.");
                } else {
                    files.add(new BundleFile(name, unpacked.write(name, out -> copy(entry, out))));
                }
            }
            return files;
        }

        private boolean isIgnored(String name) {
            String[] parts = name.split("/");
            for (int i = 0; i < parts.length; i++) {
                boolean last = i == parts.length - 1;
                // ".." is no hidden file but a way out, and has to be refused.
                if (!parts[i].equals("..") && !parts[i].equals(".")
                        && (last ? IgnoredNames.isIgnored(parts[i]) : IgnoredNames.isIgnoredFolder(parts[i]))) {
                    return true;
                }
            }
            return false;
        }

        // What the entry says about its size may be a lie: count what comes out.
        private void copy(ZipEntry entry, OutputStream out) throws IOException {
            CRC32 crc = new CRC32();
            byte[] buffer = new byte[65_536];
            try (InputStream in = file.getInputStream(entry)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    bytes += n;
                    if (bytes > limits.unpackedBytes()
                            || bytes > RATIO_COUNTS_FROM && bytes / limits.zipRatio() > packedBytes) {
                        throw new TooLargeException();
                    }
                    crc.update(buffer, 0, n);
                    out.write(buffer, 0, n);
                }
            }
            if (entry.getCrc() != -1 && entry.getCrc() != crc.getValue()) {
                throw new ZipException(String.format(Locale.ROOT, "checksum of %s does not fit", entry.getName()));
            }
        }
    }

    /** Carries "too large" out of the copying. */
    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
