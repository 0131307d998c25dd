package io.github.venicevideo.poll;

import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Exchanges;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.Video;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Answer;
import io.github.venicevideo.venice.DownloadUrl;
import io.github.venicevideo.venice.DownloadUrlRule;
import io.github.venicevideo.venice.ResponseStreams;
import io.github.venicevideo.venice.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a finished video onto local disk, whole and checked. */
public final class Download {

    /** The exchange property that holds the {@link Video}. */
    static final String VIDEO = "veniceVideo";

    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final long MEGABYTE = 1_000_000;

    private final Home home;
    private final BundleFolders bundles;
    private final Ledger ledger;
    private final Poll poll;
    private final Clock clock;
    private final DownloadUrlRule rule;
    private final long maxBytes;

    public Download(Home home, BundleFolders bundles, Ledger ledger, Poll poll, Clock clock, Settings settings) {
        this.home = home;
        this.bundles = bundles;
        this.ledger = ledger;
        this.poll = poll;
        this.clock = clock;
        this.rule = new DownloadUrlRule(settings.list("venice.download.allowed-hosts"));
        this.maxBytes = settings.number("venice.download.max-size", 1, 1_000_000) * MEGABYTE;
    }

    /**
     * What is to be done with a job that is due.
     *
     * @return {@code ask}; or {@code have}, when its video is whole on disk already, which the ledger may have forgotten
     */
    public String prepare(@ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) throws IOException {
        Path video = home.work(job.id()).video();
        Mp4Facts facts = Files.exists(video) ? Mp4Check.of(video) : Mp4Facts.broken(0, "");
        if (!facts.whole()) {
            return "ask";
        }
        exchange.setProperty(VIDEO, new Video(facts.bytes(), VideoFile.sha256(video), facts.durationMs(), facts.width(),
                facts.height()));
        return "have";
    }

    /**
     * The address of a completed video; a secret, which goes into one header of one call.
     *
     * @throws IOException when there is none, or it may not be called
     */
    public String address(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        DownloadUrl url = ledger.downloadUrls().of(job.id()).map(DownloadUrl::new).orElseThrow(() -> new IOException(
                "Venice says that it is complete, but gave neither the video nor a download_url when it was queued."));
        Optional<String> refusal = rule.refusal(url);
        if (refusal.isPresent()) {
            throw new IOException("The download_url may not be called. " + refusal.get());
        }
        return url.value();
    }

    /** Judges the answer of a download_url: {@code video}, or {@code retry} for anything else. */
    public void judge(Exchange exchange) {
        Answer answer = Answer.of(exchange.getMessage(), clock);
        if (!answer.carriesVideo()) {
            exchange.getMessage().setBody(null);
            exchange.setProperty(Exchanges.ANSWER, new Retry(answer.status() == 500 ? 0 : answer.status(), Optional.empty(),
                    "The download_url answered with " + answer.status() + " " + answer.contentType()));
        }
        exchange.setProperty(Exchanges.OUTCOME, answer.carriesVideo() ? "video" : "retry");
    }

    /**
     * Writes the video into the work folder, syncs it and checks that it is whole.
     *
     * @throws IOException when the transfer broke off or what came is too long; asking again brings it again
     */
    public void fetch(Exchange exchange, @ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        Message message = exchange.getMessage();
        Optional<Long> length = Optional.ofNullable(message.getHeader("Content-Length", Long.class));
        Path part = home.work(job.id()).videoPart();
        InputStream body = message.getBody(InputStream.class);
        VideoFile file;
        try {
            file = VideoFile.write(body, part, length, maxBytes);
        } finally {
            ResponseStreams.abort(body);
            message.setBody(null);
        }
        Mp4Facts facts = Mp4Check.of(part);
        if (facts.whole()) {
            exchange.setProperty(VIDEO, new Video(file.bytes(), file.sha256(), facts.durationMs(), facts.width(),
                    facts.height()));
        }
        exchange.setProperty(Exchanges.ANSWER, new Broken(file.sha256(), facts.problem()));
        exchange.setProperty(Exchanges.OUTCOME, facts.whole() ? "whole" : "broken");
    }

    /** Gives the checked video its name. */
    public void keep(@ExchangeProperty(Exchanges.JOB) Job job) throws IOException {
        WorkFolder work = home.work(job.id());
        Files.move(work.videoPart(), work.video(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.syncFolder(work.path());
    }

    /** Commits that the video is here. */
    public Job retrieved(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(VIDEO) Video video) {
        LOG.info("{}: retrieved, {} kB, {} s, {} x {}", job.bundle(), video.bytes() / 1000, video.durationMs() / 1000,
                video.width(), video.height());
        return ledger.retrieved(job, video);
    }

    /**
     * What came is no whole MP4: it is fetched again. When the same bytes come again, the fault is not on the way:
     * they are kept, and a person has a look.
     */
    public Job broken(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) Broken broken)
            throws IOException {
        WorkFolder work = home.work(job.id());
        Path before = work.path().resolve("unverified.sha256");
        boolean same = Files.exists(before) && Files.readString(before).equals(broken.sha256());
        if (!same) {
            DurableFiles.write(before, broken.sha256().getBytes(StandardCharsets.UTF_8));
            return poll.again(job, poll.backedOff(job, Optional.empty()), "The video is not whole: " + broken.problem());
        }
        bundles.bringBack(work);
        Path bundle = work.droppedEntry().filter(Files::isDirectory).orElse(work.dropped());
        Files.createDirectories(bundle);
        Files.move(work.videoPart(), bundle.resolve("unverified.mp4.part"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return ledger.parked(job, "unverified", "The video came twice with the same bytes, and fails our check: "
                + broken.problem() + " It is kept beside this file as unverified.mp4.part; its remote copy is not deleted.",
                Optional.empty());
    }

    /** Why fetched bytes are not taken for a video. */
    record Broken(String sha256, String problem) {
    }
}
