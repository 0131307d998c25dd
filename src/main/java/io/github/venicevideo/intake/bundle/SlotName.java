package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.names.SafeNames;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * What a file's name says: which slot, and the numbers in it.
 *
 * @param number the first number, 0 where the slot has none; the frame for keyframes
 * @param second the second number, 0 where the slot has none
 */
record SlotName(Slot slot, int number, int second) implements Comparable<SlotName> {

    private static final Comparator<SlotName> ORDER = Comparator.comparing(SlotName::slot)
            .thenComparingInt(SlotName::number)
            .thenComparingInt(SlotName::second);
    private static final int DIGITS = 6;
    private static final Set<String> NO_PICTURES = Set.of("txt", "md", "mp4", "m4v", "mov", "webm", "mkv", "avi", "wav", "mp3",
            "m4a", "pdf", "docx", "doc", "rtf", "odt", "html");

    static Optional<SlotName> of(BundleFile file) {
        if (!file.isTopLevel()) {
            return Optional.empty();
        }
        String plain = SafeNames.caseless(file.stem()).replaceAll("[-_ ]+", "_");
        for (Slot slot : Slot.values()) {
            Matcher matcher = slot.pattern().matcher(plain);
            if (matcher.matches() && (slot.isText() ? file.isText() : mayBe(slot, plain, file))) {
                return slot.hasNumbers() ? numbered(slot, matcher) : Optional.of(new SlotName(slot, 0, 0));
            }
        }
        return Optional.empty();
    }

    /** What people call a first frame is a picture's name; {@code start.mp4} and {@code end.txt} are something else. */
    private static boolean mayBe(Slot slot, String plain, BundleFile file) {
        return plain.equals(slot.name().toLowerCase(Locale.ROOT)) || slot.hasNumbers()
                || !NO_PICTURES.contains(file.extension());
    }

    private static Optional<SlotName> numbered(Slot slot, Matcher matcher) {
        int[] numbers = new int[2];
        for (int i = 1; i <= matcher.groupCount(); i++) {
            String digits = matcher.group(i).replaceFirst("^0+(?=\\d)", "");
            numbers[i - 1] = digits.length() > DIGITS ? -1 : Integer.parseInt(digits);
            // People count from one; only frames have a zeroth.
            if (numbers[i - 1] < (slot == Slot.KEYFRAME ? 0 : 1)) {
                return Optional.empty();
            }
        }
        return Optional.of(new SlotName(slot, numbers[0], numbers[1]));
    }

    /** The names there are for media, for people. */
    static String mediaNames() {
        return Arrays.stream(Slot.values()).filter(slot -> !slot.isText()).map(Slot::shown)
                .collect(Collectors.joining(", "));
    }

    @Override
    public int compareTo(SlotName other) {
        return ORDER.compare(this, other);
    }
}
