package io.github.venicevideo.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.OwnFiles;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.sandbox.AcceptedJob;
import io.github.venicevideo.sandbox.Sandbox;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Ways for a job to go, so that every step of every route lies on one of them. */
enum Story {

    PLAIN(End.DELIVERED),
    /** Takes long enough to be asked about before it is done. */
    SLOW(End.DELIVERED) {
        @Override
        Map<String, byte[]> files(String prompt, int number) {
            return Bundles.text(prompt, Bundles.SLOW_MODEL);
        }
    },
    /** The video comes from a download_url. */
    PRIVATE(End.DELIVERED) {
        @Override
        Map<String, byte[]> files(String prompt, int number) {
            return Bundles.text(prompt, Bundles.PRIVATE_MODEL);
        }
    },
    /** The queue answers with another model than was asked for. */
    REMAPPED(End.DELIVERED) {
        @Override
        Map<String, byte[]> files(String prompt, int number) throws IOException {
            Map<String, byte[]> files = Bundles.text(prompt, "grok-imagine-reference-to-video");
            files.put("reference_image_1.jpg", Bundles.jpeg(Bundles.face(number).length));
            return files;
        }
    },
    /** No price can be had; without a budget, it goes on without one. */
    UNPRICED(End.DELIVERED) {
        @Override
        Map<String, byte[]> files(String prompt, int number) {
            return Bundles.text(prompt, "seedance-2-0-fast-text-to-video");
        }

        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            ofModel(sandbox, "seedance-2-0-fast-text-to-video", Fault.error(503));
        }
    },
    QUOTE_CUT(End.DELIVERED) {
        @Override
        Map<String, byte[]> files(String prompt, int number) {
            return Bundles.text(prompt, "seedance-2-0-fast-text-to-video-basic");
        }

        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            ofModel(sandbox, "seedance-2-0-fast-text-to-video-basic", Fault.acceptThenDrop());
        }
    },
    UNPRICEABLE(End.failed("refused")) {
        @Override
        Map<String, byte[]> files(String prompt, int number) {
            return Bundles.text(prompt, "seedance-2-0-text-to-video-basic");
        }

        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            ofModel(sandbox, "seedance-2-0-text-to-video-basic", Fault.error(410));
        }
    },
    OVER_BUDGET(End.parked("over-budget")) {
        @Override
        Map<String, byte[]> files(String prompt, int number) {
            return Bundles.manifest(prompt, "{\"bundle\": {\"max_price_usd\": 0.01}}");
        }
    },
    FACE(End.parked("needs-consent")) {
        @Override
        Map<String, byte[]> files(String prompt, int number) throws IOException {
            return Bundles.image(prompt, Bundles.face(number));
        }
    },
    /** A face, and a person who consents. */
    CONSENTED(End.DELIVERED, "") {
        @Override
        Map<String, byte[]> files(String prompt, int number) throws IOException {
            return Bundles.image(prompt, Bundles.face(number));
        }

        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            Map<String, Object> filled = new HashMap<>(Map.of("answer", "approve", "by", "A tester"));
            ConsentFlow.SEEDANCE.statements().forEach(statement -> filled.put(statement, true));
            answer(home, name, filled);
        }
    },
    /** A face, in a drop folder for which a person has consented ahead. */
    STANDING(End.DELIVERED) {
        @Override
        Map<String, byte[]> files(String prompt, int number) throws IOException {
            return Bundles.image(prompt, Bundles.face(number));
        }

        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            sandbox.policy("v1", POLICY);
        }

        @Override
        Map<String, String> settings(String drop) {
            String key = "venice.consent.standing." + drop;
            return Map.of(key + ".person", "A tester", key + ".drop", drop, key + ".until", "2999-12-31",
                    key + ".policy-hash", Policy.hashOf(POLICY),
                    key + ".confirms", String.join(",", ConsentFlow.SEEDANCE.statements()));
        }
    },
    /** The same, and the model would not be told of it at first. */
    NOT_TOLD(STANDING, End.DELIVERED) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            super.arm(sandbox, prompt, number);
            AtomicInteger left = new AtomicInteger(1);
            Predicate<LoggedRequest> mine = about(sandbox, prompt);
            sandbox.faults().when(Call.QUEUE, request -> mine.test(request) && request.json().has("consents")
                    && left.getAndDecrement() > 0, Fault.json(400, "{\"error\": \"Invalid request parameters\","
                    + " \"details\": {\"consents\": {\"_errors\": [\"Unrecognized\"]}}}"));
        }
    },
    /** Consent is asked for in a way that nobody here knows. */
    UNKNOWN_FLOW(End.parked("consent-unknown")) {
        @Override
        Map<String, byte[]> files(String prompt, int number) throws IOException {
            return Bundles.image(prompt, Bundles.face(number));
        }

        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            always(sandbox, Call.QUEUE, prompt, Fault.answer(409, "application/json",
                    "{\"error\": {\"code\": \"needs_consent\"}, \"consent_flow\": \"other\"}"));
        }
    },
    REFUSED(End.failed("refused")) {
        @Override
        Map<String, byte[]> files(String prompt, int number) throws IOException {
            return Bundles.image(prompt, Bundles.refused(number));
        }
    },
    TOO_FAST(End.DELIVERED) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            once(sandbox, Call.QUEUE, prompt, Fault.tooFast(1));
        }
    },
    NO_MONEY(End.DELIVERED) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            once(sandbox, Call.QUEUE, prompt, Fault.error(402));
        }
    },
    /** The connection is closed before the body is read. */
    NOT_SENT(End.DELIVERED) {
        @Override
        Map<String, byte[]> files(String prompt, int number) throws IOException {
            return Bundles.image(prompt, Bundles.jpeg(size(number)));
        }

        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            long least = size(number) / 3L * 4;
            AtomicInteger left = new AtomicInteger(1);
            // Without its body, the request is known by its length.
            sandbox.faults().when(Call.QUEUE, request -> {
                long length = Long.parseLong(request.headers().getOrDefault("content-length", "0"));
                return length >= least && length < least + ROOM && left.getAndDecrement() > 0;
            }, Fault.closeBeforeReading());
        }

        private int size(int number) {
            return 300_000 + 3 * ROOM * number;
        }
    },
    IN_DOUBT(End.parked("in-doubt")) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            once(sandbox, Call.QUEUE, prompt, Fault.html(502));
        }
    },
    /** In doubt, and a person says: send it again. */
    RESUBMITTED(End.DELIVERED, "") {
        @Override
        Map<String, byte[]> files(String prompt, int number) throws IOException {
            return Bundles.image(prompt, Bundles.jpeg(Bundles.face(number).length + number));
        }

        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            once(sandbox, Call.QUEUE, prompt, Fault.html(502));
        }

        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            answer(home, name, Map.of("answer", "resubmit", "by", "A tester"));
        }
    },
    /** In doubt, and a person knows the queue_id. */
    ADOPTED(End.DELIVERED, "") {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            once(sandbox, Call.QUEUE, prompt, Fault.acceptThenAnswer(Fault.html(502)));
        }

        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            String queueId = accepted(sandbox, prompt).get(0).queueId();
            answer(home, name, Map.of("answer", "adopt", "by", "A tester", "queue_id", queueId));
        }
    },
    /** The answer is taken, and not carried out. */
    ANSWER_TAKEN(RESUBMITTED, End.DELIVERED, "") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            super.between(home, sandbox, name, prompt);
            HalfDone.answerTaken(home, name);
        }
    },
    /** The intent is taken back, and the ledger is not told. */
    HALF_RESUBMITTED(RESUBMITTED, End.DELIVERED, "") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            super.between(home, sandbox, name, prompt);
            Intent.delete(HalfDone.answerTaken(home, name));
        }
    },
    /** The intent is answered with what the person knows, and the ledger is not told. */
    HALF_ADOPTED(ADOPTED, End.DELIVERED, "") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            super.between(home, sandbox, name, prompt);
            WorkFolder work = HalfDone.answerTaken(home, name);
            AcceptedJob accepted = accepted(sandbox, prompt).get(0);
            Intent.read(work).orElseThrow().answered(accepted.request().path("model").asText(), accepted.queueId(), Optional.empty())
                    .write(work);
        }
    },
    /** A parked bundle is out of where people look, to be sent. */
    RETURNED(RESUBMITTED, End.DELIVERED, "", "before:check-job") {
        @Override
        void then(Home home, String name) throws IOException {
            HalfDone.notRenamed(home, home.parked().resolve(name));
        }
    },
    /** The same, and about to be copied. */
    RETURNED_TO_BE_COPIED(RESUBMITTED, End.DELIVERED, "", "before:check-job") {
        @Override
        void then(Home home, String name) throws IOException {
            HalfDone.claimedAgain(home, name);
        }
    },
    /** The same, and copied, and the originals not removed. */
    RETURNED_AND_COPIED(RESUBMITTED, End.DELIVERED, "", "before:check-job") {
        @Override
        void then(Home home, String name) throws IOException {
            WorkFolder work = HalfDone.claimedAgain(home, name);
            new Border(home).takeOver(work);
            HalfDone.notRemoved(work, name);
        }
    },
    /** A face, and a person who consents in {@code consents/} while the bundle waits. */
    ATTESTED(FACE, End.DELIVERED, "") {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            sandbox.policy("v1", POLICY);
        }

        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.statement(home, name, home.root().resolve("consents").resolve(name));
        }
    },
    /** The statement is claimed, and copied in part. */
    HALF_COPIED_STATEMENT(ATTESTED, End.DELIVERED, "") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.copied(HalfDone.claimedStatement(home, name), name);
        }
    },
    /** It is copied, and its originals are not removed. */
    NOT_REMOVED_STATEMENT(ATTESTED, End.DELIVERED, "") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.notRemoved(HalfDone.copiedStatement(home, name), name);
        }
    },
    /** It is recorded, and half of it is ready to be handed out. */
    HALF_READY_STATEMENT(ATTESTED, End.DELIVERED, "", "after:take-consent") {
        @Override
        void then(Home home, String name) throws IOException {
            HalfDone.halfReady(home, name);
        }
    },
    /** The bundle's picture is not what was recorded. */
    MEDIA_CHANGED(End.failed("media-changed"), "before:commit-submitting") {
        @Override
        Map<String, byte[]> files(String prompt, int number) throws IOException {
            return Bundles.image(prompt, Bundles.jpeg(300_000));
        }

        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            Files.write(HalfDone.dropped(home, name).dropped().resolve(name).resolve("image.jpg"), new byte[10],
                    StandardOpenOption.APPEND);
        }
    },
    /** The ledger is older than the work folder, which holds an intent. */
    SENT_BEFORE(End.parked("in-doubt"), "before:commit-submitting") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            WorkFolder work = HalfDone.dropped(home, name);
            Intent.of(work.jobId(), Api.at(sandbox.apiUrl()).name(), 1, Instant.now()).write(work);
        }
    },
    /** Found in the work folder at a start. */
    LEFT_OVER(End.DELIVERED, "after:claim-bundle"),
    /** Found with its files on their way to where nobody else can reach them. */
    HALF_TAKEN(End.DELIVERED, "after:claim-bundle") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.taken(HalfDone.claimed(home, name), name);
        }
    },
    /** Found with half a copy. */
    HALF_COPIED(End.DELIVERED, "after:claim-bundle") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.copied(HalfDone.claimed(home, name), name);
        }
    },
    /** Found with its copy whole, and the originals not removed. */
    NOT_REMOVED(End.DELIVERED, "after:take-over") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.notRemoved(HalfDone.dropped(home, name), name);
        }
    },
    /** Found with a note that a program died while it read this, beside others or as an earlier version noted it. */
    READ_BEFORE(End.DELIVERED, "before:read-bundle") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.beingRead(HalfDone.dropped(home, name), "0");
        }
    },
    READ_BEFORE_FORMERLY(End.DELIVERED, "before:read-bundle") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.beingRead(HalfDone.dropped(home, name), "");
        }
    },
    /** Found with a note that two programs died while they read it alone. */
    READ_TOO_OFTEN(End.failed("unreadable-bundle"), "before:read-bundle") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.beingRead(HalfDone.dropped(home, name), "2");
        }
    },
    /** Half of it is ready to be put away, and no record says where it goes. */
    HALF_FILED(End.DELIVERED, "before:move-bundle") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.filing(HalfDone.dropped(home, name), name);
        }
    },
    /** It is recorded where it goes, and it is not there yet. */
    NOT_RENAMED(End.DELIVERED, "after:move-bundle") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.notRenamed(home, home.done().resolve(name));
        }
    },
    NOT_RENAMED_TO_FAILED(REFUSED, End.failed("refused"), "after:move-bundle") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.notRenamed(home, home.failed().resolve(name));
        }
    },
    NOT_RENAMED_TO_PARKED(OVER_BUDGET, End.parked("over-budget"), "after:move-bundle") {
        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            HalfDone.notRenamed(home, home.parked().resolve(name));
        }
    },
    /** A failed job that was paid for is in the making again, and its bundle is not with it. */
    HALF_RESUMED(End.DELIVERED, "", "after:read-bundle") {
        private final Set<String> knownAgain = ConcurrentHashMap.newKeySet();

        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            Predicate<LoggedRequest> mine = about(sandbox, prompt);
            sandbox.faults().when(Call.RETRIEVE, request -> mine.test(request) && !knownAgain.contains(prompt),
                    Fault.invalidRequestId());
        }

        @Override
        void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
            knownAgain.add(prompt);
            Files.move(home.failed().resolve(name), home.root().resolve(name).resolve(name));
        }

        @Override
        void then(Home home, String name) throws IOException {
            HalfDone.resumed(home, name);
        }
    },
    /** Found by the ledger at a start, in the middle of sending, with the answer on disk. */
    ANSWERED(End.DELIVERED, "after:keep-answer"),
    ASKED_TOO_FAST(End.DELIVERED) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            once(sandbox, Call.RETRIEVE, prompt, Fault.tooFast(1));
        }
    },
    ASKED_WITHOUT_KEY(End.DELIVERED) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            once(sandbox, Call.RETRIEVE, prompt, Fault.error(401));
        }
    },
    ASKED_IN_VAIN(End.DELIVERED) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            once(sandbox, Call.RETRIEVE, prompt, Fault.error(503));
        }
    },
    GENERATION_FAILED(End.failed("generation-refunded")) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            always(sandbox, Call.RETRIEVE, prompt, Fault.contentPolicy(true));
        }
    },
    EXPIRED(End.failed("expired")) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            always(sandbox, Call.RETRIEVE, prompt, Fault.invalidRequestId());
        }
    },
    /** The answer to a question is lost. */
    ASKING_CUT(End.DELIVERED) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            once(sandbox, Call.RETRIEVE, prompt, Fault.acceptThenDrop());
        }
    },
    /** The transfer breaks off. */
    CUT(End.DELIVERED) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            once(sandbox, Call.RETRIEVE, prompt, Fault.truncate(500));
        }
    },
    /** The API will not delete its copy yet. */
    COPY_KEPT(End.DELIVERED) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            always(sandbox, Call.COMPLETE, prompt, Fault.error(400));
        }
    },
    /** The answer to the deletion is lost. */
    DELETING_CUT(End.DELIVERED) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            always(sandbox, Call.COMPLETE, prompt, Fault.acceptThenDrop());
        }
    },
    /** Half a video, sent as if it were whole, again and again. */
    BROKEN(End.parked("unverified")) {
        @Override
        void arm(Sandbox sandbox, String prompt, int number) {
            always(sandbox, Call.RETRIEVE, prompt, Fault.cutShort());
        }
    },
    /** A host calls direct:venice-video-submit; after a crash it calls again. */
    CALLED(End.DELIVERED) {
        @Override
        String call(String name, String prompt) {
            return "submit|" + name + "|" + prompt;
        }
    },
    CALLED_TWICE(End.DELIVERED, "after:record-jobs") {
        @Override
        String call(String name, String prompt) {
            return "submit|" + name + "|" + prompt;
        }
    },
    /** A host calls direct:venice-video-generate; after a crash it calls again. */
    GENERATED(End.DELIVERED) {
        @Override
        String call(String name, String prompt) {
            return "generate|" + name + "|" + prompt;
        }
    };

    private static final Set<Story> LEFT = EnumSet.of(LEFT_OVER, HALF_TAKEN, HALF_COPIED, NOT_REMOVED, READ_BEFORE,
            READ_BEFORE_FORMERLY, READ_TOO_OFTEN, HALF_RESUMED);

    /** What the sandbox asks people to agree to. */
    static final String POLICY = "I may use this person's picture.";

    private static final int ROOM = 4_000;

    private final Optional<Story> like;
    private final End end;
    private final List<String> before;

    Story(End end, String... before) {
        this(Optional.empty(), end, before);
    }

    /** One that begins as another does. */
    Story(Story like, End end, String... before) {
        this(Optional.of(like), end, before);
    }

    Story(Optional<Story> like, End end, String... before) {
        this.like = like;
        this.end = end;
        this.before = List.of(before);
    }

    /** How it ends when nothing is in doubt. */
    End end() {
        return end;
    }

    /** Where it is killed before it comes to the point in question; empty for a life that it lives to the end. */
    List<String> before() {
        return before;
    }

    /** Whether its way leads through a route that has one thread, or one at start, so that one stuck bundle stops all. */
    boolean isAlone() {
        return !before.isEmpty();
    }

    /** Whether the start finds it in the work folder, which it does one after the other. */
    boolean isLeftOver() {
        return LEFT.contains(this);
    }

    /** Whether a person says what to do, which one thread takes. */
    boolean isAnsweredByAPerson() {
        return this == RESUBMITTED || this == ADOPTED || this == CONSENTED || like.filter(Story::isAnsweredByAPerson).isPresent();
    }

    /** Whether a person consents in {@code consents/}, which one thread takes. */
    boolean isAttested() {
        return this == ATTESTED || like.filter(ATTESTED::equals).isPresent();
    }

    Map<String, byte[]> files(String prompt, int number) throws IOException {
        return like.isPresent() ? like.get().files(prompt, number) : Bundles.text(prompt);
    }

    void arm(Sandbox sandbox, String prompt, int number) {
        like.ifPresent(story -> story.arm(sandbox, prompt, number));
    }

    /** What the program is told for its drop folder. */
    Map<String, String> settings(String drop) {
        return like.map(story -> story.settings(drop)).orElse(Map.of());
    }

    /** What happens between its first life and the next. */
    void between(Home home, Sandbox sandbox, String name, String prompt) throws IOException {
        if (like.isPresent()) {
            like.get().between(home, sandbox, name, prompt);
        }
    }

    /** What happens between its second life and the third, where it has three. */
    void then(Home home, String name) throws IOException {
    }

    /** The call that takes the place of a drop, as {@link CrashingProgram#CALLS} has it; empty for none. */
    String call(String name, String prompt) {
        return "";
    }

    /** Jobs that the sandbox has accepted with this prompt. */
    static List<AcceptedJob> accepted(Sandbox sandbox, String prompt) {
        return sandbox.accepted().stream().filter(job -> job.request().path("prompt").asText().equals(prompt)).toList();
    }

    private static void once(Sandbox sandbox, Call call, String prompt, Fault fault) {
        AtomicInteger left = new AtomicInteger(1);
        Predicate<LoggedRequest> mine = about(sandbox, prompt);
        sandbox.faults().when(call, request -> mine.test(request) && left.getAndDecrement() > 0, fault);
    }

    private static void always(Sandbox sandbox, Call call, String prompt, Fault fault) {
        sandbox.faults().when(call, about(sandbox, prompt), fault);
    }

    /** A question for a price says nothing of the prompt. */
    private static void ofModel(Sandbox sandbox, String model, Fault fault) {
        sandbox.faults().when(Call.QUOTE, request -> request.json().path("model").asText().equals(model), fault);
    }

    private static Predicate<LoggedRequest> about(Sandbox sandbox, String prompt) {
        return request -> request.queueId().isEmpty()
                ? request.json().path("prompt").asText().equals(prompt)
                : accepted(sandbox, prompt).stream().anyMatch(job -> job.queueId().equals(request.queueId()));
    }

    private static void answer(Home home, String name, Map<String, ?> fields) throws IOException {
        Path bundle = home.parked().resolve(name);
        JsonNode form = Json.mapper().readTree(Files.readAllBytes(bundle.resolve(OwnFiles.ANSWER_FORM)));
        fields.forEach((field, value) -> ((ObjectNode) form).putPOJO(field, value));
        Files.write(bundle.resolve(OwnFiles.ANSWER), Json.pretty(form));
    }
}
