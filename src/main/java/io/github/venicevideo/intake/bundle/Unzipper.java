package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.media.Archive;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.InvalidBundleException;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Unpacks a zip, within bounds, into files with names of our own. */
final class Unzipper {

    /** As much of a request as names its files. */
    private static final int LONGEST_MANIFEST = 1_000_000;
    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

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
        Optional<String> other = Archive.kind(zip.path());
        if (other.isPresent()) {
            throw findings.fatal(ProblemCode.ZIP_METHOD, zip.name(), "", other.get(), "", Archive.WAY_OUT);
        }
        // Before it is opened: the JDK reads the whole directory into memory, and as much again for an index.
        ZipDirectory directory = ZipDirectory.of(zip.path(), limits.files());
        if (directory.isTooLong()) {
            throw findings.fatal(ProblemCode.ZIP_TOO_LARGE, zip.name(), "", "", "at most " + limits.files() + " files",
                    "Leave only what this video needs.");
        }
        if (directory.entries().stream().anyMatch(ZipDirectory.Entry::isEncrypted)) {
            throw findings.fatal(ProblemCode.ZIP_ENCRYPTED, zip.name(), "", "", "", "Zip it again without a password.");
        }
        Optional<String> method = directory.entries().stream().flatMap(entry -> Archive.method(entry.method()).stream()).findFirst();
        if (method.isPresent()) {
            throw findings.fatal(ProblemCode.ZIP_METHOD, zip.name(), "", method.get(), "", Archive.WAY_OUT);
        }
        // Byte for byte: in which charset its names are is found out from all of them together.
        try (ZipFile file = new ZipFile(zip.path().toFile(), StandardCharsets.ISO_8859_1)) {
            if (file.size() > limits.files()) {
                throw findings.fatal(ProblemCode.ZIP_TOO_LARGE, zip.name(), "", file.size() + " files",
                        "at most " + limits.files() + " files", "Leave only what this video needs.");
            }
            if (file.size() != directory.entries().size()) {
                throw new ZipException("its directory and its files do not fit");
            }
            return new Run(file, names(file, directory), directory.entries(), unpacked, findings).unpack();
        } catch (ZipNames.AmbiguousException e) {
            throw findings.fatal(ProblemCode.ZIP_NAMES, zip.name(), "", String.join(" or ", e.readings()), "",
                    "Make it again with names in UTF-8 (7-Zip: parameter cu=on), or give the files plain names.");
        } catch (TooLargeException e) {
            throw findings.fatal(ProblemCode.ZIP_TOO_LARGE, zip.name(), "", "",
                    limits.megabytes() + " MB unpacked",
                    "Leave only what this video needs, or drop it as a folder.");
        } catch (ZipException | EOFException e) {
            throw refused(zip, String.valueOf(e.getMessage()), findings);
        }
    }

    private static List<String> names(ZipFile file, ZipDirectory directory) throws IOException, ZipNames.AmbiguousException {
        List<byte[]> untold = directory.entries().stream().filter(entry -> entry.name().isEmpty()).map(ZipDirectory.Entry::raw).toList();
        Iterator<String> decoded = ZipNames.decode(untold, manifest(file)).iterator();
        return directory.entries().stream().map(entry -> entry.name().orElseGet(decoded::next)).toList();
    }

    /** The text of the request, which may name the files beside it. */
    private static String manifest(ZipFile file) throws IOException {
        ZipEntry request = file.stream().filter(entry -> entry.getName().matches("(?i)([^/]*/)?[\\x00-\\x7f]+\\.(json|ya?ml)(\\.txt)?"))
                .findFirst().map(ZipEntry.class::cast).orElse(null);
        if (request == null) {
            return "";
        }
        try (InputStream in = file.getInputStream(request)) {
            String text = new String(in.readNBytes(LONGEST_MANIFEST), StandardCharsets.UTF_8);
            return SafeNames.nfc(ESCAPED.matcher(text).replaceAll(found ->
                    Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16)))));
        }
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

        private final ZipFile file;
        private final Unpacked unpacked;
        private final Findings findings;
        private final Set<String> seen = new HashSet<>();
        private final List<String> names;
        private final List<ZipDirectory.Entry> entries;
        private long bytes;

        Run(ZipFile file, List<String> names, List<ZipDirectory.Entry> entries, Unpacked unpacked, Findings findings) {
            this.file = file;
            this.names = names;
            this.entries = entries;
            this.unpacked = unpacked;
            this.findings = findings;
        }

        List<BundleFile> unpack() throws InvalidBundleException, IOException {
            List<BundleFile> files = new ArrayList<>();
            int index = -1;
            for (ZipEntry entry : (Iterable<ZipEntry>) file.stream().map(ZipEntry.class::cast)::iterator) {
                index++;
                // Some Windows tools write \ between the parts; as we name the files ourselves, that is harmless.
                String name = SafeNames.nfc(names.get(index).replace('\\', '/'));
                if (name.endsWith("/") || isIgnored(name)) {
                    continue;
                }
                if (entries.get(index).isLink()) {
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
                    if (bytes > limits.unpackedBytes()) {
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
