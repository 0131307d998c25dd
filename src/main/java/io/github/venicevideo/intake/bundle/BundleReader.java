package io.github.venicevideo.intake.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.home.Taken;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.Manifest;
import io.github.venicevideo.intake.draft.MediaSpots;
import io.github.venicevideo.intake.media.Medium;
import io.github.venicevideo.intake.media.MimeSniffer;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.InvalidBundleException;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.intake.rules.BodySize;
import io.github.venicevideo.intake.rules.Defaults;
import io.github.venicevideo.intake.rules.DropDefaults;
import io.github.venicevideo.intake.rules.FieldChecks;
import io.github.venicevideo.intake.rules.MeantValues;
import io.github.venicevideo.intake.rules.MediaRules;
import io.github.venicevideo.intake.rules.RequiredFields;
import io.github.venicevideo.intake.rules.Rules;
import io.github.venicevideo.settings.Destinations;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.settings.StagingSettings;
import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.MediaUrlRule;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads what somebody dropped into the request it stands for.
 *
 * <h2>Contract</h2>
 * <ul>
 * <li>Reads only the dropped file or folder; writes only {@code unpacked/} in the work folder, which it empties
 * first: reading again after a crash gives the same.</li>
 * <li>Finds all problems it can before it gives up; sends nothing and asks nobody.</li>
 * <li>Stateless and safe for use by several threads, on different work folders.</li>
 * </ul>
 */
public final class BundleReader {

    private final ReadLimits limits;
    private final ContentOpener opener;
    private final ManifestReader manifests;
    private final MimeSniffer sniffer = new MimeSniffer();
    private final BodySize bodySize;
    private final MediaUrlRule urls;
    private final Supplier<Optional<Catalogue>> catalogue;
    private final Optional<List<String>> destinations;

    /** A reader that knows the rules of the contract, but no catalogue, and lets no private host be named. */
    public BundleReader() {
        this(ReadLimits.DEFAULT, new MediaUrlRule(List.of()), Optional::empty);
    }

    /**
     * A reader with the usual bounds.
     *
     * @param catalogue asked once for each bundle; where there is none, only the rules of the contract itself apply
     * @param destinations whose names a bundle may choose among
     */
    public BundleReader(Supplier<Optional<Catalogue>> catalogue, Settings settings, Destinations destinations) {
        this(ReadLimits.DEFAULT, new MediaUrlRule(settings.list("venice.media.allowed-hosts")), catalogue,
                Optional.of(destinations.names()), StagingSettings.of(settings));
    }

    BundleReader(ReadLimits limits, MediaUrlRule urls, Supplier<Optional<Catalogue>> catalogue) {
        this(limits, urls, catalogue, Optional.empty(), Optional.empty());
    }

    /**
     * @param limits how much a bundle may hold
     * @param urls which URLs media may be given as
     * @param destinations their names; empty: any is taken
     * @param staging where media may go that are too large for the body
     */
    BundleReader(ReadLimits limits, MediaUrlRule urls, Supplier<Optional<Catalogue>> catalogue,
            Optional<List<String>> destinations, Optional<StagingSettings> staging) {
        this.limits = limits;
        this.urls = urls;
        this.catalogue = catalogue;
        this.destinations = destinations;
        this.opener = new ContentOpener(limits);
        this.manifests = new ManifestReader(limits);
        this.bodySize = new BodySize(limits.bodyBytes(), staging);
    }

    /**
     * Reads a bundle.
     *
     * @param workFolder the job's own folder; paths of media are relative to it
     * @param dropped a folder, a zip, a manifest or a prompt inside the work folder
     * @param defaults what to fill in where the bundle says nothing
     * @throws InvalidBundleException when the bundle is wrong, with everything that is wrong with it
     * @throws IOException when the disk fails; the bundle may be right, and reading can be tried again
     */
    public Bundle read(Path workFolder, Path dropped, DropDefaults defaults)
            throws InvalidBundleException, IOException {
        Path work = workFolder.toAbsolutePath().normalize();
        Findings findings = new Findings();
        Taken.read(new WorkFolder(work)).ifPresent(taken ->
                LeftOut.report(taken, SafeNames.nfc(dropped.getFileName().toString()), findings));
        return read(work, dropped.toAbsolutePath().normalize(), new Unpacked(work, work), defaults, findings);
    }

    /**
     * Reads a bundle that was not claimed, where it lies.
     *
     * @param scratch where {@code unpacked/} is made, instead of beside the bundle
     * @return the same as {@link #read}, but that the paths of media are relative to the file system's root
     */
    Bundle readInPlace(Path bundle, Path scratch, DropDefaults defaults) throws InvalidBundleException, IOException {
        Path dropped = bundle.toAbsolutePath().normalize();
        Path root = dropped.getRoot();
        return read(root, dropped, new Unpacked(root, scratch.toAbsolutePath().normalize()), defaults, new Findings());
    }

    private Bundle read(Path work, Path dropped, Unpacked unpacked, DropDefaults defaults, Findings findings)
            throws InvalidBundleException, IOException {
        try {
            return parse(work, dropped, unpacked, defaults, findings);
        } catch (NotWrittenException e) {
            // Half of it must not fill the disk that the other jobs wait for.
            try {
                unpacked.clear();
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private Bundle parse(Path work, Path dropped, Unpacked unpacked, DropDefaults defaults, Findings findings)
            throws InvalidBundleException, IOException {
        unpacked.clear();
        Content content = opener.open(work, dropped, unpacked, findings);
        Manifest manifest = manifests.read(content, unpacked, findings);
        destinations(manifest, findings);
        Draft draft = new Draft(manifest.file().map(BundleFile::name).orElse(content.label()), manifest);

        files(content, manifest, draft, unpacked, findings);
        MeantValues.apply(draft, findings);
        new FieldChecks(draft, findings).check();
        Optional<Catalogue> known = catalogue.get();
        ObjectNode said = draft.fields().deepCopy();
        Defaults.apply(draft, defaults, known, findings);
        RequiredFields.check(draft, defaults, known, draft.fileOf(""), findings);
        Rules.check(draft, known, findings);

        Optional<Double> seconds = MediaRules.referenceVideoSeconds(draft, findings);
        VideoRequest request = request(draft);
        long bytes = bodySize.check(request, content.label(), findings);
        findings.throwIfAny();
        Identity identity = Identity.of(said, draft, defaults, known);
        return new Bundle(request, manifest.options(), identity.hash(), identity.others(),
                seconds, bytes, BundleMedium.of(draft), draft.filled(), findings.notes(), findings.warnings());
    }

    private void destinations(Manifest manifest, Findings findings) {
        List<String> known = destinations.orElse(manifest.options().deliverTo());
        manifest.options().deliverTo().stream().filter(name -> !known.contains(name)).forEach(name ->
                findings.add(ProblemCode.BUNDLE_OPTION, manifest.fileName(), "bundle.deliver_to", name,
                        String.join(", ", known), "Name one of these, or leave it out."));
    }

    private void files(Content content, Manifest manifest, Draft draft, Unpacked unpacked, Findings findings)
            throws IOException {
        MediaInspector inspector = new MediaInspector(sniffer, unpacked, findings);
        NamedFiles named = new NamedFiles(draft, inspector, limits, findings);
        if (content.single() && manifest.file().isEmpty()) {
            named.text("prompt", content.files().get(0));
            return;
        }
        Set<BundleFile> used = new HashSet<>(
                new ManifestMedia(content, manifest.data(), draft, inspector, sniffer, unpacked, limits, urls,
                        findings).resolve());
        List<BundleFile> rest = content.files().stream()
                .filter(file -> !used.contains(file))
                .filter(file -> !(file.isTopLevel() && file.isManifest()))
                .toList();
        new OddFiles(draft, named, inspector, findings).judge(named.fill(rest));
    }

    private static VideoRequest request(Draft draft) {
        ObjectNode fields = draft.inOrder();
        List<Media> media = MediaSpots.of(fields).stream()
                .map(spot -> Optional.ofNullable(draft.media().get(spot.pointer())).flatMap(Medium::file))
                .flatMap(Optional::stream)
                .toList();
        return new VideoRequest(fields, media);
    }
}
