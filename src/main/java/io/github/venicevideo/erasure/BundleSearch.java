package io.github.venicevideo.erasure;

import io.github.venicevideo.home.BorderLimits;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import io.github.venicevideo.ledger.forget.Forgetting;
import io.github.venicevideo.venice.request.InlineMedia;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Looks into the bundles themselves. What a bundle that was of no use holds is in no row of the ledger, and neither is an
 * answer that was refused.
 */
final class BundleSearch {

    private static final int LONGEST_TEXT = 4_000_000;
    /** Each level keeps a folder open. */
    private static final int DEEPEST = 500;

    private final Map<String, List<Path>> bundles;

    BundleSearch(Map<String, List<Path>> bundles) {
        this.bundles = bundles;
    }

    /** Whether a file of the job's bundle has the name in it, or is the medium. */
    boolean finds(ForgetTarget target, String jobId) {
        if (target.kind() == ForgetTarget.Kind.JOB) {
            return false;
        }
        try {
            for (Path folder : bundles.getOrDefault(jobId, List.of())) {
                if (anyHolds(folder, target)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("The bundle of job " + jobId + " cannot be read", e);
        }
    }

    /** Whether a file, or any file of a folder, has the name in it, or is the medium or has its digest in it. */
    static boolean anyHolds(Path root, ForgetTarget target) throws IOException {
        AtomicBoolean found = new AtomicBoolean();
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isDirectory()) {
                    throw new IOException("There are more than " + DEEPEST + " folders within each other");
                }
                found.set(attributes.isRegularFile() && holds(file, attributes.size(), target));
                return found.get() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        return found.get();
    }

    private static boolean holds(Path file, long size, ForgetTarget target) throws IOException {
        if (target.kind() == ForgetTarget.Kind.MEDIUM && size <= BorderLimits.USUAL.bytes() && sha256(file).equals(target.value())) {
            return true;
        }
        if (size > LONGEST_TEXT) {
            return false;
        }
        String text;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            text = new String(in.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8);
        }
        return Forgetting.names(target.value(), file.getFileName() + "\n" + text)
                || target.kind() == ForgetTarget.Kind.MEDIUM && InlineMedia.hashesIn(text).contains(target.value());
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return DigestUtils.sha256Hex(in);
        }
    }
}
