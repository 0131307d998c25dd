package io.github.venicevideo.crash;

import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Faults of every kind at every call, each with a small chance. Readable refusals are not among them: they end a job
 * for good, and rightly so.
 */
final class Trouble {

    private static final int PER_CENT = 100;

    private static final List<Fault> ON_THE_WAY = List.of(
            Fault.error(500), Fault.html(502), Fault.error(503), Fault.html(504), Fault.tooFast(1),
            Fault.json(200, "{\"half\": "), Fault.answer(200, "text/plain", ""), Fault.html(200),
            Fault.closeBeforeReading(), Fault.delay(Duration.ofMillis(400)));

    private static final List<Fault> WHILE_QUEUEING = List.of(
            Fault.acceptThenDrop(), Fault.acceptThenAnswer(Fault.html(504)), Fault.closeAfterReading(50));

    private static final List<Fault> WHILE_FETCHING = List.of(
            Fault.truncate(400), Fault.placeholder(), Fault.cutShort(), Fault.htmlAsVideo(), Fault.slow(20_000));

    /** In per cent, for each kind of fault at a call. */
    private static final Map<Call, Integer> CHANCES = Map.of(Call.QUOTE, 1, Call.QUEUE, 1, Call.RETRIEVE, 1,
            Call.COMPLETE, 2, Call.MODELS, 2);

    private Trouble() {
    }

    static void everywhere(Faults faults, Random random) {
        CHANCES.forEach((call, chance) -> ON_THE_WAY
                .forEach(fault -> arm(faults, call, chance, fault, random)));
        WHILE_QUEUEING.forEach(fault -> arm(faults, Call.QUEUE, 3, fault, random));
        WHILE_FETCHING.forEach(fault -> arm(faults, Call.RETRIEVE, 2, fault, random));
        // A link bears three GETs, and a kill may cost one: more would end a job for good.
        Set<String> struck = ConcurrentHashMap.newKeySet();
        WHILE_FETCHING.forEach(fault -> faults.when(Call.DOWNLOAD,
                request -> dice(random) < 2 && struck.add(request.target()), fault));
    }

    private static void arm(Faults faults, Call call, int chance, Fault fault, Random random) {
        faults.when(call, request -> dice(random) < chance, fault);
    }

    private static int dice(Random random) {
        synchronized (random) {
            return random.nextInt(PER_CENT);
        }
    }
}
