package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.Family;
import io.github.venicevideo.intake.draft.Fields;
import io.github.venicevideo.intake.draft.Shape;
import io.github.venicevideo.intake.media.RawPicture;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.intake.names.StandIn;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.rules.Workflow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the files whose names say nothing. One thing that can only be meant one way is taken, and said so;
 * everything else is refused, since a medium left out is money for the wrong video. Lives for one reading.
 */
final class OddFiles {

    /** What may stand beside a first frame without making a second reading of an unnamed picture likely. */
    private static final Set<String> BESIDE_AN_IMAGE = Set.of("end_image_url", "audio_url");

    private final Draft draft;
    private final NamedFiles named;
    private final MediaInspector inspector;
    private final Findings findings;

    OddFiles(Draft draft, NamedFiles named, MediaInspector inspector, Findings findings) {
        this.draft = draft;
        this.named = named;
        this.inspector = inspector;
        this.findings = findings;
    }

    void judge(List<BundleFile> files) throws IOException {
        List<BundleFile> texts = new ArrayList<>();
        List<BundleFile> media = new ArrayList<>();
        for (BundleFile file : files) {
            if (file.isZip()) {
                findings.add(ProblemCode.ZIP_INSIDE, file.name(), "", "", "",
                        "Unpack it, or drop it by itself.");
            } else if (file.isText() && file.isTopLevel()) {
                texts.add(file);
            } else if (isMedium(file)) {
                media.add(file);
            } else {
                unknown(file);
            }
        }
        texts(texts);
        media(media);
    }

    private void texts(List<BundleFile> texts) throws IOException {
        if (texts.size() == 1 && !draft.isGiven("prompt") && !Workflow.namesUpscaler(draft.fields())) {
            findings.note(texts.get(0).name() + " is taken as the prompt.");
            named.text("prompt", texts.get(0));
            return;
        }
        for (BundleFile text : texts) {
            findings.add(ProblemCode.SECOND_PROMPT, text.name(), "", "", "prompt.txt, negative_prompt.txt",
                    "Take it out, or name the one that counts prompt.txt.");
        }
    }

    private void media(List<BundleFile> media) throws IOException {
        if (media.size() == 1 && media.get(0).isTopLevel()) {
            BundleFile only = media.get(0);
            String mimeType = inspector.inspect(only).mimeType();
            if (Family.IMAGE.accepts(mimeType) && noMediaBut(BESIDE_AN_IMAGE)) {
                findings.note(only.name() + " is taken as the first frame (image_url).");
                named.single("image_url", Family.IMAGE, only);
                return;
            }
            if (Family.VIDEO.accepts(mimeType) && !draft.isGiven("prompt") && noMediaBut(Set.of())) {
                findings.note(only.name() + " is taken as the video to upscale (video_url), as there is no prompt.");
                named.single("video_url", Family.VIDEO, only);
                return;
            }
        }
        media.forEach(this::unnamed);
    }

    private boolean noMediaBut(Set<String> allowed) {
        return Fields.ALL.stream()
                .filter(field -> field.family() != null || field.shape() == Shape.ELEMENTS
                        || field.shape() == Shape.KEYFRAMES)
                .noneMatch(field -> draft.isGiven(field.name()) && !allowed.contains(field.name()));
    }

    private boolean isMedium(BundleFile file) throws IOException {
        String mimeType = inspector.inspect(file).mimeType();
        return Family.IMAGE.accepts(mimeType) || Family.AUDIO.accepts(mimeType) || Family.VIDEO.accepts(mimeType);
    }

    private void unnamed(BundleFile file) {
        findings.add(ProblemCode.UNNAMED_MEDIUM, file.name(), "", "", SlotName.mediaNames(),
                file.isTopLevel() ? "Rename it, or name it in a request.json."
                        : "Move it to the top of the bundle and rename it, or name it in a request.json.");
    }

    private void unknown(BundleFile file) throws IOException {
        Optional<StandIn> standIn = inspector.inspect(file).standIn();
        if (standIn.isPresent()) {
            findings.add(standIn.get().code(), file.name(), "", "", "", standIn.get().hint());
            return;
        }
        if (inspector.inspect(file).bytes() == 0) {
            findings.add(ProblemCode.EMPTY_FILE, file.name(), "", "", "", "Copy it again, or take it out.");
            return;
        }
        if (inspector.inspect(file).mimeType().equals(RawPicture.MIME_TYPE)) {
            inspector.accepts(Family.IMAGE, RawPicture.MIME_TYPE, file.name(), "");
            return;
        }
        findings.add(ProblemCode.UNKNOWN_FILE, file.name(), "", "",
                "prompt.txt, request.json, " + SlotName.mediaNames(),
                SafeNames.caseless(file.stem()).endsWith("prompt") ? "Save it as a plain text: prompt.txt."
                        : draft.isGiven("prompt") || !Family.DOCUMENT.accepts(inspector.inspect(file).mimeType())
                        ? "Take it out of the bundle."
                        : "Save its words as a plain text, prompt.txt, or take it out of the bundle.");
    }
}
