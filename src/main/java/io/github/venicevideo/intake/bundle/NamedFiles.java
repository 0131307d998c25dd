package io.github.venicevideo.intake.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.draft.Draft;
import io.github.venicevideo.intake.draft.Family;
import io.github.venicevideo.intake.draft.MediaSpots;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts files into the fields that their names say. Lives for one reading. */
final class NamedFiles {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Draft draft;
    private final MediaInspector inspector;
    private final ReadLimits limits;
    private final Findings findings;
    private final SortedMap<SlotName, BundleFile> slots = new TreeMap<>();

    NamedFiles(Draft draft, MediaInspector inspector, ReadLimits limits, Findings findings) {
        this.draft = draft;
        this.inspector = inspector;
        this.limits = limits;
        this.findings = findings;
    }

    /** Returns the files whose names say nothing. */
    List<BundleFile> fill(Collection<BundleFile> files) throws IOException {
        List<BundleFile> others = new ArrayList<>();
        for (BundleFile file : files) {
            Optional<SlotName> name = file.isZip() ? Optional.empty() : SlotName.of(file);
            if (name.isEmpty()) {
                others.add(file);
                continue;
            }
            BundleFile twin = slots.putIfAbsent(name.get(), file);
            if (twin != null) {
                findings.add(ProblemCode.GIVEN_TWICE, file.name(), name.get().slot().field(), "", "",
                        twin.name() + " is for the same place: keep one of them.");
            }
        }
        for (Slot slot : Slot.values()) {
            SortedMap<SlotName, BundleFile> here = of(slot);
            if (!here.isEmpty()) {
                fill(slot, here);
            }
        }
        elements();
        return others;
    }

    private void fill(Slot slot, SortedMap<SlotName, BundleFile> files) throws IOException {
        BundleFile first = files.get(files.firstKey());
        switch (slot) {
            case PROMPT, NEGATIVE_PROMPT -> text(slot.field(), first);
            case IMAGE, END_IMAGE, AUDIO, VIDEO -> single(slot.field(), slot.family(), first);
            case REFERENCE_IMAGE, REFERENCE_VIDEO, REFERENCE_AUDIO, REFERENCE_DOCUMENT, SCENE_IMAGE -> {
                if (draft.claim(slot.field(), first, findings)) {
                    warnOfGaps(slot.field(), files.keySet().stream().map(SlotName::number).toList());
                    draft.set(slot.field(), list("/" + slot.field(), slot.family(), files.values()));
                }
            }
            case KEYFRAME -> keyframes(files);
            case ELEMENT_FRONTAL, ELEMENT_REFERENCE, ELEMENT_VIDEO -> { }
        }
    }

    /** A text file as the value of a field. */
    void text(String field, BundleFile file) throws IOException {
        if (draft.claim(field, file, findings)) {
            TextReader.readPrompt(file, limits.promptBytes(), findings)
                    .ifPresent(text -> draft.set(field, TextNode.valueOf(text)));
        }
    }

    /** A medium as the value of a field. */
    void single(String field, Family family, BundleFile file) throws IOException {
        if (draft.claim(field, file, findings)) {
            draft.set(field, medium("/" + field, family, file));
        }
    }

    private void keyframes(SortedMap<SlotName, BundleFile> files) throws IOException {
        if (!draft.claim("keyframes", files.get(files.firstKey()), findings)) {
            return;
        }
        ArrayNode keyframes = NODES.arrayNode();
        for (Map.Entry<SlotName, BundleFile> file : files.entrySet()) {
            ObjectNode keyframe = keyframes.addObject();
            keyframe.set("image_url",
                    medium("/keyframes/" + (keyframes.size() - 1) + "/image_url", Family.IMAGE, file.getValue()));
            keyframe.put("frame_index", file.getKey().number());
        }
        draft.set("keyframes", keyframes);
    }

    private void elements() throws IOException {
        SortedMap<Integer, SortedMap<SlotName, BundleFile>> byNumber = new TreeMap<>();
        slots.forEach((name, file) -> {
            if (name.slot().field().equals("elements")) {
                byNumber.computeIfAbsent(name.number(), n -> new TreeMap<>()).put(name, file);
            }
        });
        if (byNumber.isEmpty()) {
            return;
        }
        SortedMap<SlotName, BundleFile> first = byNumber.get(byNumber.firstKey());
        if (!draft.claim("elements", first.get(first.firstKey()), findings)) {
            return;
        }
        warnOfGaps("elements", List.copyOf(byNumber.keySet()));
        ArrayNode elements = NODES.arrayNode();
        for (SortedMap<SlotName, BundleFile> files : byNumber.values()) {
            element(elements.addObject(), "/elements/" + (elements.size() - 1), files);
        }
        draft.set("elements", elements);
    }

    private void element(ObjectNode element, String pointer, SortedMap<SlotName, BundleFile> files)
            throws IOException {
        List<BundleFile> references = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (Map.Entry<SlotName, BundleFile> file : files.entrySet()) {
            switch (file.getKey().slot()) {
                case ELEMENT_FRONTAL -> element.set("frontal_image_url",
                        medium(pointer + "/frontal_image_url", Family.IMAGE, file.getValue()));
                case ELEMENT_VIDEO -> element.set("video_url",
                        medium(pointer + "/video_url", Family.VIDEO, file.getValue()));
                default -> {
                    references.add(file.getValue());
                    numbers.add(file.getKey().second());
                }
            }
        }
        if (!references.isEmpty()) {
            String field = pointer + "/reference_image_urls";
            warnOfGaps(MediaSpots.Spot.pathOf(field), numbers);
            element.set("reference_image_urls", list(field, Family.IMAGE, references));
        }
    }

    private ArrayNode list(String pointer, Family family, Collection<BundleFile> files) throws IOException {
        ArrayNode list = NODES.arrayNode();
        for (BundleFile file : files) {
            list.add(medium(pointer + "/" + list.size(), family, file));
        }
        return list;
    }

    private TextNode medium(String pointer, Family family, BundleFile file) throws IOException {
        inspector.medium(file, pointer, family).ifPresent(medium -> draft.put(pointer, medium));
        return TextNode.valueOf("");
    }

    // The prompt counts places (@Image2), not file names: a gap shifts them.
    private void warnOfGaps(String field, List<Integer> numbers) {
        if (numbers.get(numbers.size() - 1) != numbers.size()) {
            findings.note(field + ": the files are numbered " + numbers + ", but count as 1 to " + numbers.size()
                    + " in the prompt.");
        }
    }

    private SortedMap<SlotName, BundleFile> of(Slot slot) {
        return slots.subMap(new SlotName(slot, 0, 0), new SlotName(slot, Integer.MAX_VALUE, Integer.MAX_VALUE));
    }
}
