package io.github.venicevideo.intake;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
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

    static Optional<SlotName> of(BundleFile file) {
        if (!file.isTopLevel()) {
            return Optional.empty();
        }
        String plain = SafeNames.caseless(file.stem()).replaceAll("[-_ ]+", "_");
        for (Slot slot : Slot.values()) {
            Matcher matcher = slot.pattern().matcher(plain);
            if (matcher.matches() && (!slot.isText() || file.isText())) {
                return numbered(slot, matcher);
            }
        }
        return Optional.empty();
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
        return Arrays.stream(Slot.values()).filter(slot -> !slot.isText()).map(Slot::example)
                .collect(Collectors.joining(", "));
    }

    @Override
    public int compareTo(SlotName other) {
        return ORDER.compare(this, other);
    }
}
