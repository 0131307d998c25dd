package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.media.Archive;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.intake.names.StandIn;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.InvalidBundleException;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Turns whatever was dropped into a list of files: folder, zip, or one text. */
final class ContentOpener {

    private static final String FORMS = "a folder, a .zip, a .json or .yaml request, a .txt or .md prompt";

    private final FolderLister lister;
    private final Unzipper unzipper;

    ContentOpener(ReadLimits limits) {
        this.lister = new FolderLister(limits);
        this.unzipper = new Unzipper(limits);
    }

    Content open(Path workFolder, Path dropped, Unpacked unpacked, Findings findings)
            throws InvalidBundleException, IOException {
        String label = SafeNames.nfc(dropped.getFileName().toString());
        BasicFileAttributes attributes =
                Files.readAttributes(dropped, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink() || !dropped.toRealPath().startsWith(workFolder.toRealPath())) {
            throw findings.fatal(ProblemCode.LINK, label, "", "", "", "Drop the folder or file itself.");
        }
        BundleFile file = new BundleFile(label, dropped);
        Optional<StandIn> standIn = attributes.isDirectory() ? Optional.empty() : StandIn.named(label);
        if (standIn.isPresent()) {
            throw findings.fatal(standIn.get().code(), label, "", "", "", standIn.get().hint());
        }
        if (attributes.isDirectory()) {
            return new Content(label, false, folder(label, dropped, unpacked, findings));
        }
        if (!attributes.isRegularFile()) {
            throw findings.fatal(ProblemCode.SPECIAL_FILE, label, "", "", FORMS, "");
        }
        if (file.isZip()) {
            return new Content(label, false, content(label, unzipper.unpack(file, unpacked, findings), findings));
        }
        if (file.isManifest() || file.isText()) {
            return new Content(label, true, List.of(file));
        }
        Optional<String> archive = Archive.kind(file.path());
        if (archive.isPresent()) {
            throw findings.fatal(ProblemCode.ZIP_METHOD, label, "", archive.get(), "", Archive.WAY_OUT);
        }
        throw findings.fatal(ProblemCode.NOT_A_BUNDLE, label, "", "", FORMS, LoneFile.wayOut(file));
    }

    private List<BundleFile> folder(String label, Path folder, Unpacked unpacked, Findings findings)
            throws InvalidBundleException, IOException {
        List<BundleFile> files = content(label, lister.list(folder, findings), findings);
        // A failed zip lies in failed/ as a folder with the zip in it, and is tried again by moving that folder back.
        return files.size() == 1 && files.get(0).isZip()
                ? content(label, unzipper.unpack(files.get(0), unpacked, findings), findings)
                : files;
    }

    private static List<BundleFile> content(String label, List<BundleFile> listed, Findings findings)
            throws InvalidBundleException {
        List<BundleFile> all = listed.stream().filter(file -> isThere(file, findings)).toList();
        if (all.isEmpty()) {
            findings.throwIfAny();
            throw findings.fatal(ProblemCode.EMPTY_BUNDLE, label, "", "", "",
                    "Put a prompt.txt into it, and an image.jpg if the video is to start with a picture.");
        }
        List<BundleFile> files = new ArrayList<>(unwrapped(all));
        long bundles = bundlesIn(files);
        if (bundles > 1) {
            throw findings.fatal(ProblemCode.NOT_A_BUNDLE, label, "", "", "one bundle in a folder",
                    "It holds " + bundles + " folders with a prompt or a request each: move each of them into the drop folder by itself.");
        }
        files.sort(Comparator.comparing(BundleFile::name));
        return files;
    }

    /** How many folders look like bundles of their own, where no prompt or request lies beside them. */
    private static long bundlesIn(List<BundleFile> files) {
        List<BundleFile> said = files.stream().filter(file -> file.isText() || file.isManifest()).toList();
        return said.stream().anyMatch(BundleFile::isTopLevel) ? 0 : said.stream().map(BundleFile::name)
                .map(name -> name.substring(0, name.lastIndexOf('/'))).distinct().count();
    }

    private static boolean isThere(BundleFile file, Findings findings) {
        Optional<StandIn> standIn = StandIn.named(file.fileName());
        standIn.ifPresent(found -> findings.add(found.code(), file.name(), "", "", "", found.hint()));
        return standIn.isEmpty();
    }

    /** While everything lies in one folder, that folder is the bundle. */
    private static List<BundleFile> unwrapped(List<BundleFile> files) {
        List<BundleFile> inner = files;
        for (int level = 0; level < ReadLimits.DEPTH; level++) {
            String first = inner.get(0).name();
            String top = first.substring(0, first.indexOf('/') + 1);
            if (top.isEmpty() || !inner.stream().allMatch(file -> file.name().startsWith(top))) {
                return inner;
            }
            inner = inner.stream()
                    .map(file -> new BundleFile(file.name().substring(top.length()), file.path()))
                    .toList();
        }
        return inner;
    }
}
