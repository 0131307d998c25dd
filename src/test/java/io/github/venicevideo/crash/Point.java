package io.github.venicevideo.crash;

import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Faults;
import io.github.venicevideo.sandbox.fault.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A moment at which the program is killed.
 *
 * @param story the way of the job that comes there
 * @param where {@code before:step} or {@code after:step}; or, while a request is held, {@code hold:CALL:POINT}
 * @param expected how the job has to end; empty: as its story ends, or in doubt when an intent without an answer was
 *     on disk
 */
record Point(Story story, String where, Optional<End> expected) {

    private static final String HOLD = "hold:";
    private static final long SOME_BYTES = 400;
    private static final String STATEMENT = "take-consent";
    /** A step whose exchange is about no bundle yet. */
    private static final List<String> ABOUT_NOTHING = List.of("each-leftover", STATEMENT);
    /** Where the job is recorded already, so that another thread may send it while this one is held. */
    private static final Set<String> HANDED_ON = Set.of("after:record-jobs", "before:answer-with-job", "after:take-answer",
            "after:take-consent");
    /** Steps of what one thread does with what is found at a start, with answers, and with statements. */
    private static final Set<String> ON_ONE_THREAD = Set.of("each-leftover", "if-still-unknown", "take-over", "read-bundle",
            "record-jobs", "take-answer", STATEMENT);

    static Point before(String step, Story story) {
        return new Point(story, "before:" + step, Optional.empty());
    }

    static Point after(String step, Story story) {
        return new Point(story, "after:" + step, Optional.empty());
    }

    static Point during(Call call, Hold.Point at, Story story) {
        return new Point(story, HOLD + call + ":" + at, Optional.empty());
    }

    Point endsAs(End end) {
        return new Point(story, where, Optional.of(end));
    }

    /** The same moment of the same story, whatever end it is said to come to. */
    Point anyEnd() {
        return new Point(story, where, Optional.empty());
    }

    /** Whether the sandbox holds it, and not the program itself. */
    boolean isHeld() {
        return where.startsWith(HOLD);
    }

    Hold hold(Faults faults) {
        String[] parts = where.split(":");
        Call call = Call.valueOf(parts[1]);
        Hold.Point at = Hold.Point.valueOf(parts[2]);
        return at == Hold.Point.WHILE_SENDING ? faults.holdWhileSending(call, SOME_BYTES) : faults.hold(call, at);
    }

    /** Where it is stopped in each of its lives but the last; empty for one that it lives to the end. */
    List<String> stops(String bundle) {
        List<String> stops = new ArrayList<>();
        for (String before : story.before()) {
            stops.add(before.isEmpty() ? "" : stop(before, bundle));
        }
        stops.add(isHeld() ? "" : stop(where, bundle));
        return stops;
    }

    private static String stop(String where, String bundle) {
        return where + "@" + (ABOUT_NOTHING.contains(step(where)) ? "*" : bundle);
    }

    private static String step(String where) {
        return where.substring(where.indexOf(':') + 1);
    }

    /** Whether it keeps others from being taken up at a start, or answered, when it is stopped. */
    boolean holdsUpOthers() {
        return ON_ONE_THREAD.contains(step(where)) || story.before().stream().anyMatch(stop -> step(stop).equals(STATEMENT));
    }

    /**
     * What is armed in one of its lives: where it is stopped, and its POST where nothing else keeps it from being on the wire when
     * the program is killed, which would be in doubt, rightly; so with the question about a job that is asked about at once.
     */
    List<String> armed(String bundle, int life) {
        String stop = stops(bundle).get(life);
        if (stop.isEmpty()) {
            return List.of();
        }
        boolean handedOn = HANDED_ON.contains(stop.substring(0, stop.indexOf('@')));
        return handedOn ? List.of(stop, "before:write-intent@" + bundle)
                : story == Story.HALF_RESUMED ? List.of(stop, "before:ask-retrieve@" + bundle) : List.of(stop);
    }

    @Override
    public String toString() {
        return where + " (" + story + ")" + expected.map(end -> " → " + end).orElse("");
    }
}
