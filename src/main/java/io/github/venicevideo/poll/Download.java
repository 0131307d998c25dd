package io.github.venicevideo.poll;

import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.DiskRoom;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.job.Video;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Patience;
import io.github.venicevideo.venice.SafeMessage;
import io.github.venicevideo.venice.answer.ResponseStreams;
import io.github.venicevideo.venice.answer.RetrieveOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a finished video onto local disk, whole and checked. */
public final class Download {

    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final long MEGABYTE = 1_000_000;
    private static final long KILOBYTE = 1_000;
    private static final int MOST_TRIES = 8;
    /** A download_url bears a few GETs; after them it answers 429, and then 410 for good. */
    private static final int MOST_LINK_TRIES = 3;

    private final Home home;
    private final BundleFolders bundles;
    private final Ledger ledger;
    private final Poll poll;
    private final Clock clock;
    private final DiskRoom disk;
    private final RoomNotice notice;
    private final long maxBytes;
    private final long minSpeed;
    private final Duration grace;
    private final Duration pause;
    private final Patience patience;
    private final Patience linkPatience;
    private final Fetching fetching;

    public Download(Home home, BundleFolders bundles, Ledger ledger, Poll poll, Clock clock, DiskRoom disk,
            Settings settings, Fetching fetching) {
        this.fetching = fetching;
        this.home = home;
        this.bundles = bundles;
        this.ledger = ledger;
        this.poll = poll;
        this.clock = clock;
        this.disk = disk;
        this.notice = new RoomNotice(disk);
        this.maxBytes = settings.number("venice.download.max-size") * MEGABYTE;
        this.minSpeed = settings.number("venice.download.min-speed") * KILOBYTE;
        this.grace = settings.duration("venice.api.timeout");
        this.pause = settings.duration("venice.retry.max-delay");
        Duration span = settings.duration("venice.poll.give-up-after");
        Duration first = settings.duration("venice.retry.initial-delay");
        this.patience = new Patience(MOST_TRIES, first, span);
        this.linkPatience = new Patience(MOST_LINK_TRIES, first, span);
    }

    /** Settles a job whose video is whole on disk already, which the ledger may have forgotten, or that has no room there. */
    public void prepare(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) throws IOException {
        Path file = home.work(job.id()).video();
        Mp4Facts facts = Files.exists(file) ? Mp4Check.of(file) : Mp4Facts.broken(0, "");
        if (facts.whole()) {
            Exchanges.settled(exchange);
            retrieved(job, new Fetch.Whole(video(facts, VideoFile.sha256(file))));
        } else if (!disk.has(ledger.downloads().needed(job.id()))) {
            Exchanges.settled(exchange);
            noRoom(job);
        } else {
            notice.roomy();
        }
    }

    /** Where a video has come, writes it into the work folder, syncs it and checks that it is whole. */
    public void fetch(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) Object outcome,
            Exchange exchange) throws IOException {
        if (!(outcome instanceof RetrieveOutcome.Video)) {
            return;
        }
        Message message = exchange.getMessage();
        Optional<Long> length = Optional.ofNullable(message.getHeader("Content-Length", Long.class));
        InputStream body = message.getBody(InputStream.class);
        boolean byLink = exchange.getProperty(DownloadLink.ADDRESS) != null;
        try {
            Optional<DiskRoom.Held> room = disk.take(length.filter(bytes -> bytes <= maxBytes).orElse(0L));
            if (room.isEmpty()) {
                length.ifPresent(bytes -> ledger.downloads().needs(job.id(), bytes));
                exchange.setProperty(Exchanges.ANSWER, new Fetch.NoRoom());
                return;
            }
            try {
                if (!byLink) {
                    fetching.begun();
                    ledger.downloads().begun(job.id());
                }
                exchange.setProperty(Exchanges.ANSWER, fetched(job, body, length));
            } finally {
                room.get().giveBack();
            }
        } finally {
            ResponseStreams.abort(body);
            message.setBody(null);
        }
    }

    private Fetch fetched(Job job, InputStream body, Optional<Long> length) {
        Path part = home.work(job.id()).videoPart();
        try {
            VideoFile file = VideoFile.write(body, part, length, maxBytes, new MinSpeed(System::nanoTime, grace, minSpeed));
            fetching.worked();
            Mp4Facts facts = Mp4Check.of(part);
            return facts.whole() ? new Fetch.Whole(video(facts, file.sha256()))
                    : new Fetch.Broken(file.sha256(), facts.problem(), Mp4Check.begins(part));
        } catch (IOException e) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException stays) {
                e.addSuppressed(stays);
            }
            if (!disk.has(0)) {
                return new Fetch.NoRoom();
            }
            if (e instanceof VideoFile.TooLargeException) {
                return Fetch.NotFetched.hopeless(e.getMessage());
            }
            fetching.failed();
            return Fetch.NotFetched.passing(SafeMessage.of(e));
        }
    }

    private static Video video(Mp4Facts facts, String sha256) {
        return new Video(facts.bytes(), sha256, facts.durationMs(), facts.width(), facts.height());
    }

    /** The disk is full: nothing is lost by waiting, the video stays where it is. */
    void noRoom(Job job) {
        notice.full(job.bundle(), ledger.downloads().needed(job.id()));
        ledger.leases().release(job, pause);
    }

    /** Tries again, as often as the provider bears it; then the job fails, and keeps what it was paid for with. */
    Job notFetched(Job job, Fetch.NotFetched why) {
        int tries = ledger.downloads().tries(job.id());
        Patience left = patienceWith(job);
        if (why.hopeless() || left.isOver(tries)) {
            return ledger.transitions().failed(job, Reason.DOWNLOAD_FAILED, "The video is finished, but could not be fetched in " + tries
                    + (tries == 1 ? " try: " : " tries: ") + why.message(), Optional.empty());
        }
        Instant dueAt = clock.instant().plus(left.after(tries));
        return poll.again(job, why.notBefore().filter(dueAt::isBefore).orElse(dueAt), why.message());
    }

    private Patience patienceWith(Job job) {
        return ledger.downloadUrls().of(job.id()).isPresent() ? linkPatience : patience;
    }

    /** Gives the checked video its name. */
    public void keep(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        WorkFolder work = home.work(job.id());
        Files.move(work.videoPart(), work.video(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.syncFolder(work.path());
    }

    /** Commits that the video is here. */
    public Job retrieved(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) Fetch.Whole whole) {
        Video video = whole.video();
        LOG.info("{}: retrieved, {} kB, {} s, {} x {}", job.bundle(), video.bytes() / 1000, video.durationMs() / 1000,
                video.width(), video.height());
        return ledger.transitions().retrieved(job, video);
    }

    /**
     * What came is no whole MP4: it is fetched again. When the same bytes of a video come again, the fault is not on the way;
     * what does not even begin as one may be anything, and is fetched as often as the provider bears it. Then the bytes are
     * kept, and a person has a look.
     */
    Job broken(Job job, Fetch.Broken broken) throws IOException {
        WorkFolder work = home.work(job.id());
        Path before = work.path().resolve("unverified.sha256");
        int tries = ledger.downloads().tries(job.id());
        boolean known = broken.begun() ? Files.exists(before) && Files.readString(before).equals(broken.sha256())
                : patienceWith(job).isOver(tries);
        if (!known) {
            DurableFiles.write(before, broken.sha256().getBytes(StandardCharsets.UTF_8));
            return notFetched(job, Fetch.NotFetched.passing((broken.begun() ? "The video is not whole: "
                    : "What came is no video: ") + broken.problem()));
        }
        Files.move(work.videoPart(), bundles.filing(work).resolve("unverified.mp4.part"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return ledger.transitions().parked(job, Reason.UNVERIFIED, (broken.begun() ? "The video came twice with the same bytes, and fails"
                + " our check: " : "In " + tries + " tries nothing came that begins as a video: ") + broken.problem()
                + " It is kept beside this file as unverified.mp4.part; its remote copy is not deleted.", Optional.empty());
    }
}
