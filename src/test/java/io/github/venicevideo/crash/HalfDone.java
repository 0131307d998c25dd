package io.github.venicevideo.crash;

import io.github.venicevideo.api.Policy;
import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.OwnFiles;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a program leaves that dies in the middle of a step, made out of what one leaves that dies before it or after it. */
final class HalfDone {

    private HalfDone() {
    }

    /** The work folder that holds the copy of a bundle. */
    static WorkFolder dropped(Home home, String name) throws IOException {
        return one(home, folder -> folder.dropped().resolve(name));
    }

    /** The work folder that holds a bundle as it was dropped. */
    static WorkFolder claimed(Home home, String name) throws IOException {
        return one(home, folder -> folder.claimed().resolve(name));
    }

    /** Files are taken one after the other. */
    static void taken(WorkFolder work, String name) throws IOException {
        Path taking = Files.createDirectories(work.path().resolve("taking/d").resolve(name).resolve("f"));
        for (Path file : in(work.claimed().resolve(name))) {
            Files.move(file, taking.resolve(file.getFileName()));
        }
    }

    /** All are taken, and one of them is copied in part. */
    static void copied(WorkFolder work, String name) throws IOException {
        taken(work, name);
        Files.writeString(Files.createDirectories(work.staged()).resolve("prompt.txt"), "The p");
    }

    /** The copy is whole, and the originals are still there, whatever became of them. */
    static void notRemoved(WorkFolder work, String name) throws IOException {
        Files.writeString(Files.createDirectories(work.claimed().resolve(name)).resolve("prompt.txt"), "Another prompt");
        Files.writeString(Files.createDirectories(work.path().resolve("taking/d").resolve(name).resolve("f"))
                .resolve("image.jpg"), "no picture");
    }

    static void beingRead(WorkFolder work, String note) throws IOException {
        Files.writeString(work.path().resolve("reading"), note);
    }

    /** The bundle lies where it is made ready to be put away, beside half a document of ours. */
    static void filing(WorkFolder work, String name) throws IOException {
        Files.createDirectories(work.filing());
        Files.move(work.dropped().resolve(name), work.filing().resolve(BundleFolders.BUNDLE));
        Files.writeString(DurableFiles.temporary(work.filing()), "{\"job_id\": ");
    }

    /** What was put away last, or is the first to be taken back: one rename. */
    static WorkFolder notRenamed(Home home, Path folder) throws IOException {
        String job = Json.mapper().readTree(Files.readAllBytes(folder.resolve(OwnFiles.JOB))).path("job_id").asText();
        WorkFolder work = home.work(job);
        Files.createDirectories(work.path());
        Files.move(folder, work.filing());
        return work;
    }

    /** A parked bundle is about to be copied again. */
    static WorkFolder claimedAgain(Home home, String name) throws IOException {
        WorkFolder work = notRenamed(home, home.parked().resolve(name));
        Files.move(work.filing().resolve(BundleFolders.BUNDLE), Files.createDirectories(work.claimed()).resolve(name));
        return work;
    }

    /** The ledger has taken a job up again, and its bundle lies in the work folder that it was claimed into. */
    static void resumed(Home home, String name) throws IOException {
        WorkFolder work = dropped(home, name);
        WorkFolder again = home.work("99991231-235959-again");
        Claim.read(work).orElseThrow().as(again.jobId()).write(again);
        again.takeIn(work);
        Path said = Files.createDirectories(again.path().resolve("said")).resolve(OwnFiles.JOB);
        Files.write(said, Json.pretty(Json.mapper().createObjectNode().put("job_id", work.jobId())));
        DurableFiles.deleteTree(work.path());
        new LedgerFile(home.root()).notBefore(work.jobId(), Instant.now().plus(Duration.ofMinutes(1)));
    }

    /** The answer is out of the bundle's folder, and nothing has come of it. */
    static WorkFolder answerTaken(Home home, String name) throws IOException {
        Path folder = home.parked().resolve(name);
        Files.createDirectories(home.answers());
        String job = Json.mapper().readTree(Files.readAllBytes(folder.resolve(OwnFiles.JOB))).path("job_id").asText();
        long parkedAt = new LedgerFile(home.root()).updatedAt(job);
        Files.move(folder.resolve(OwnFiles.ANSWER), home.answers().resolve(job + "@" + parkedAt + ".json"));
        return home.work(job);
    }

    /** What a person puts into {@code consents/} about the picture of a parked bundle. */
    static void statement(Home home, String name, Path unit) throws IOException {
        Map<String, Object> statement = new HashMap<>(Map.of("by", "A tester", "policy_text", Story.POLICY));
        ConsentFlow.SEEDANCE.statements().forEach(said -> statement.put(said, true));
        Files.createDirectories(unit);
        Files.copy(home.parked().resolve(name).resolve(BundleFolders.BUNDLE).resolve("image.jpg"), unit.resolve("image.jpg"));
        Files.write(unit.resolve("attestation.json"), Json.pretty(statement));
    }

    /** The same, claimed already. */
    static WorkFolder claimedStatement(Home home, String name) throws IOException {
        WorkFolder desk = desk(home, name);
        statement(home, name, desk.claimed().resolve(name));
        return desk;
    }

    /** The same, copied. */
    static WorkFolder copiedStatement(Home home, String name) throws IOException {
        WorkFolder desk = claimedStatement(home, name);
        new Border(home).takeOver(desk);
        return desk;
    }

    /** A statement is recorded, and half of it lies where what is said about it is to come. */
    static void halfReady(Home home, String name) throws IOException {
        WorkFolder desk = desk(home, name);
        Path out = home.root().resolve("consents/taken").resolve(name);
        Files.delete(out.resolve("result.json"));
        Files.move(out, Files.createDirectories(desk.dropped()).resolve(name));
        Files.createDirectory(desk.filing());
        Files.copy(desk.dropped().resolve(name).resolve("attestation.json"), desk.filing().resolve("attestation.json"));
    }

    private static WorkFolder desk(Home home, String name) {
        return new WorkFolder(home.consentsDesk().resolve("20260101-000000-" + Policy.hashOf(name).substring(0, 4)));
    }

    private interface Place {
        Path in(WorkFolder folder);
    }

    private static WorkFolder one(Home home, Place place) throws IOException {
        for (Path folder : in(home.work())) {
            WorkFolder work = new WorkFolder(folder);
            if (Files.exists(place.in(work))) {
                return work;
            }
        }
        throw new AssertionError("No work folder holds " + place.in(new WorkFolder(Path.of("JOB"))));
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
