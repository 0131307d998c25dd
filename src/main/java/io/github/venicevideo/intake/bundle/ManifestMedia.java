package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.LongData;
import io.github.venicevideo.intake.draft.MediaSpots;
import io.github.venicevideo.intake.draft.Shape;
import io.github.venicevideo.intake.media.Measured;
import io.github.venicevideo.intake.media.Medium;
import io.github.venicevideo.intake.media.MimeSniffer;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.intake.rules.Similar;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.MediaUrlRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns the media values of a manifest (URLs, data URLs, file names) into media. Lives for one reading. */
final class ManifestMedia {

    private static final Pattern WEB = Pattern.compile("https?://[^\\s/?#]+([/?#]\\S*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern OTHER_SCHEME =
            Pattern.compile("([a-z][a-z0-9+.-]+://|https?:|file:|blob:|ftp:).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final int LONGEST_NAME = 4_096;

    private final Content content;
    private final LongData data;
    private final Draft draft;
    private final MediaInspector inspector;
    private final MimeSniffer sniffer;
    private final Unpacked unpacked;
    private final ReadLimits limits;
    private final MediaUrlRule urls;
    private final Findings findings;
    private long bytes;
    private final Set<BundleFile> used = new HashSet<>();

    ManifestMedia(Content content, LongData data, Draft draft, MediaInspector inspector, MimeSniffer sniffer, Unpacked unpacked,
            ReadLimits limits, MediaUrlRule urls, Findings findings) {
        this.content = content;
        this.data = data;
        this.draft = draft;
        this.inspector = inspector;
        this.sniffer = sniffer;
        this.unpacked = unpacked;
        this.limits = limits;
        this.urls = urls;
        this.findings = findings;
    }

    /** Resolves them all; returns the files that the manifest uses. */
    Set<BundleFile> resolve() throws IOException {
        for (MediaSpots.Spot spot : MediaSpots.of(draft.fields())) {
            String value = spot.value();
            if (DataUrl.looksLikeOne(value)) {
                bytes += data.bytes(value);
                dataUrl(spot, value);
                if (data.isIn(value)) {
                    spot.replace("");
                }
            } else if (WEB.matcher(value).matches() && !SafeNames.hasUnsafeCharacter(value)) {
                // Without what comes after the path: it may be what lets its bearer in.
                urls.refusal(value).ifPresent(why -> problem(ProblemCode.PRIVATE_URL, spot, value.split("[?]", 2)[0], "",
                        why + " Put the file into the bundle instead."));
            } else if (OTHER_SCHEME.matcher(value).matches()) {
                problem(ProblemCode.BAD_URL, spot, value, "https://…", "");
            } else {
                file(spot, value);
            }
        }
        draft.fields().properties().forEach(field ->
                data.isAllowedIn(field.getValue(), draft.fileOf(field.getKey()), field.getKey(), findings));
        data.remove();
        return used;
    }

    private void dataUrl(MediaSpots.Spot spot, String value) throws IOException {
        if (bytes > limits.manifestBytes()) {
            problem(ProblemCode.BODY_TOO_LARGE, spot, "", "", "It repeats itself by aliases (*name): put the file into the bundle.");
            return;
        }
        String shown = data.shown(value).substring(0, Math.min(40, data.shown(value).length()));
        if (DataUrl.isShortened(value)) {
            problem(ProblemCode.BAD_DATA_URL, spot, shown, "", "It is the shortened example of the documentation: put your file into the"
                    + " bundle and write its name here.");
            return;
        }
        DataUrl url;
        try (InputStream in = data.open(value)) {
            url = DataUrl.parse(in);
        } catch (IllegalArgumentException e) {
            problem(ProblemCode.BAD_DATA_URL, spot, shown, "", e.getMessage());
            return;
        }
        String mimeType = sniffer.sniff(url.head(), "");
        if (!inspector.accepts(spot.family(), mimeType, draft.fileOf(spot.path()), spot.path())) {
            return;
        }
        if (!sniffer.usualName(url.declaredType()).equals(mimeType)) {
            findings.warn(spot.path() + " says it is " + url.declaredType() + ", but its bytes are " + mimeType
                    + "; it is passed on as it is.");
        }
        Path decoded = unpacked.write(spot.path(), out -> {
            try (InputStream in = data.open(value)) {
                DataUrl.decode(in, out);
            }
        });
        Measured size = inspector.measured(decoded, mimeType);
        Files.delete(decoded);
        if (!inspector.opens(size, draft.fileOf(spot.path()), spot.path())) {
            return;
        }
        Optional<Media> media = Optional.empty();
        if (data.isIn(value) || value.length() > limits.inlineDataUrl()) {
            Path file = unpacked.write(spot.path() + ".txt", out -> {
                try (InputStream in = data.open(value)) {
                    in.transferTo(out);
                }
            });
            media = Optional.of(new Media(spot.pointer(), unpacked.relative(file), mimeType, Files.size(file),
                    url.sha256(), true));
            spot.replace("");
        }
        draft.put(spot.pointer(), new Medium(draft.fileOf(spot.path()), mimeType, url.decodedBytes(), url.sha256(), size,
                media));
    }

    private void file(MediaSpots.Spot spot, String value) throws IOException {
        if (value.isBlank() || value.length() > LONGEST_NAME) {
            problem(ProblemCode.FILE_NOT_FOUND, spot, value, Shape.MEDIUM.allowed(), "To leave it open, remove the field.");
            return;
        }
        String name = SafeNames.nfc(value.startsWith("./") ? value.substring(2) : value);
        if (!SafeNames.isRelativeInside(name)) {
            problem(ProblemCode.FILE_OUTSIDE, spot, value, "a name inside the bundle, with / between folders",
                    "Put the file into the bundle and write its name here.");
            return;
        }
        if (content.single()) {
            problem(ProblemCode.FILE_NOT_FOUND, spot, value, "https:// and data: URLs",
                    "A " + content.label() + " by itself has no files beside it: drop a folder with both in it.");
            return;
        }
        Optional<BundleFile> file = find(name);
        if (file.isEmpty()) {
            problem(ProblemCode.FILE_NOT_FOUND, spot, value, "", nearest(name));
            return;
        }
        used.add(file.get());
        Optional<Medium> medium = inspector.medium(file.get(), spot.pointer(), spot.family());
        medium.ifPresent(m -> draft.put(spot.pointer(), m));
        spot.replace("");
    }

    private Optional<BundleFile> find(String name) {
        return content.files().stream().filter(file -> file.name().equals(name)).findFirst().or(() -> {
            List<BundleFile> alike = content.files().stream()
                    .filter(file -> SafeNames.caseless(file.name()).equals(SafeNames.caseless(name)))
                    .toList();
            // Two that differ only in case: a guess could send the wrong picture.
            return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
        });
    }

    private String nearest(String name) {
        List<String> twins = content.files().stream().map(BundleFile::name)
                .filter(file -> SafeNames.caseless(file).equals(SafeNames.caseless(name))).map(Problem::printable).toList();
        if (twins.size() > 1) {
            return String.join(" and ", twins) + " differ from it in case alone: write one of them exactly.";
        }
        return Similar.nearest(name, content.files().stream().map(BundleFile::name).toList())
                .map(near -> "The nearest there is " + Problem.printable(near) + ".")
                .orElse("");
    }

    private void problem(ProblemCode code, MediaSpots.Spot spot, String value, String allowed, String hint) {
        findings.add(code, draft.fileOf(spot.path()), spot.path(), value, allowed, hint);
    }
}
