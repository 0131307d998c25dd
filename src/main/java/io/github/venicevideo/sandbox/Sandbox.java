package io.github.venicevideo.sandbox;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.api.Account;
import io.github.venicevideo.sandbox.api.ApiEndpoint;
import io.github.venicevideo.sandbox.api.Catalogue;
import io.github.venicevideo.sandbox.api.ConsentGate;
import io.github.venicevideo.sandbox.api.ConsentPolicy;
import io.github.venicevideo.sandbox.api.DownloadEndpoint;
import io.github.venicevideo.sandbox.api.DownloadLinks;
import io.github.venicevideo.sandbox.api.Job;
import io.github.venicevideo.sandbox.api.Jobs;
import io.github.venicevideo.sandbox.api.KeyDesk;
import io.github.venicevideo.sandbox.api.KeyLimits;
import io.github.venicevideo.sandbox.api.QueueDesk;
import io.github.venicevideo.sandbox.api.RetrieveDesk;
import io.github.venicevideo.sandbox.api.Timing;
import io.github.venicevideo.sandbox.api.Videos;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.sandbox.call.Endpoint;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import io.github.venicevideo.sandbox.clip.ClipMaker;
import io.github.venicevideo.sandbox.clip.TextMask;
import io.github.venicevideo.sandbox.fault.Faults;
import io.github.venicevideo.sandbox.wire.Bodies;
import io.github.venicevideo.sandbox.wire.DataUrls;
import io.github.venicevideo.sandbox.wire.Front;
import io.github.venicevideo.sandbox.wire.Listener;
import io.github.venicevideo.sandbox.wire.Ports;
import io.github.venicevideo.sandbox.wire.RequestLog;
import io.github.venicevideo.sandbox.wire.Spool;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small Venice of our own on the loopback interface: the API on one port, the {@code download_url}s of private models
 * on another. It keeps to the contract strictly, remembers its jobs over a kill, makes small real MP4s that show the
 * prompt, and fails on demand ({@link #faults}).
 *
 * <p>An image or a clip whose bytes hold the ASCII text {@value #FACE_MARKER} shows a face and needs consent on models
 * that ask for it, and is refused with 422 by today's {@code -basic} models; {@value #MINOR_MARKER} gets a 422 that no consent overrides.
 */
public final class Sandbox implements AutoCloseable {

    /** Put anywhere into the bytes of an image or a clip (or into a URL): a face is seen in it. */
    public static final String FACE_MARKER = DataUrls.FACE;
    /** Likewise, a minor. */
    public static final String MINOR_MARKER = DataUrls.MINOR;
    /** Put anywhere into a prompt: its job takes long. */
    public static final String SLOW_MARKER = Timing.SLOW;

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    private final SandboxOptions options;
    private final Path mediaDir;
    private final Faults faults = new Faults();
    private final RequestLog log;
    private final Account account;
    private final Jobs jobs;
    private final Videos videos;
    private final ConsentGate consents;
    private final Catalogue catalogue;
    private final DownloadLinks links;
    private final Listener downloads;
    private final RetrieveDesk retrieve;
    private final Listener api;

    private Sandbox(SandboxOptions options) throws IOException {
        // Integers and decimals as they came, so that what is recorded equals what was sent.
        ObjectMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
        this.options = options;
        this.mediaDir = Files.createDirectories(options.dir().resolve("media"));
        this.log = new RequestLog(options.requestsKept());
        this.account = new Account(options.balance());
        this.jobs = new Jobs(options.dir().resolve("jobs.jsonl"), mapper);
        this.videos = new Videos(options.dir().resolve("videos"), new ClipMaker(options.clip(), TextMask.available()));
        this.consents = new ConsentGate(jobs);
        Spool spool = new Spool(options.dir().resolve("spool"), options.maxBodyBytes());
        Bodies bodies = new Bodies(spool, mapper);
        Path portsFile = options.dir().resolve("ports.json");
        Ports wanted = Ports.read(portsFile, mapper);

        this.links = new DownloadLinks(this::downloadPort, options.maxDownloads());
        this.catalogue = Catalogue.packaged(options.world(), options.clock(), mapper);
        KeyLimits limits = new KeyLimits(options.limits(), options.clock());
        KeyDesk keys = new KeyDesk(options.requireKey(), limits, account, catalogue);
        QueueDesk queue = new QueueDesk(catalogue, jobs, consents, account, new Timing(options), links, videos,
                options.clock(), options.keepBodies() ? mediaDir : null);
        this.retrieve = new RetrieveDesk(jobs, videos, links, options.clock(), options.videoTtl());
        this.downloads = Listener.openAt(wanted.download(), wanted.remembered(), front(new DownloadEndpoint(retrieve), spool, bodies));
        this.api = Listener.openAt(wanted.api(), wanted.remembered(), front(new ApiEndpoint(keys, limits, account, catalogue, queue,
                retrieve, options.maxBodyBytes()), spool, bodies));
        new Ports(api.port(), downloads.port(), true).write(portsFile, mapper);
    }

    /** Starts it; jobs, links and ports of an earlier run in the same folder are there again. */
    public static Sandbox start(SandboxOptions options) throws IOException {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        Sandbox sandbox = new Sandbox(options);
        LOG.info("Sandbox: a Venice API of our own listens on {}", sandbox.apiUrl());
        return sandbox;
    }

    /** What to set as {@code venice.api.url}. */
    public String apiUrl() {
        return "http://127.0.0.1:" + api.port() + "/api/v1";
    }

    /** Port of the {@code download_url}s. */
    public int downloadPort() {
        return downloads.port();
    }

    /** All jobs ever accepted in this folder, oldest first. */
    public List<AcceptedJob> accepted() {
        return jobs.all().stream().map(this::describe).toList();
    }

    /** The requests seen since the start, in the order of their answers; see {@link SandboxOptions#requestsKept}. */
    public List<LoggedRequest> requests() {
        return log.all();
    }

    public List<LoggedRequest> requests(Call call) {
        return requests().stream().filter(request -> request.call() == call).toList();
    }

    public Faults faults() {
        return faults;
    }

    /** Changes what has to be agreed to; media attested under another version are asked for again. */
    public void policy(String version, String text) {
        consents.policy(new ConsentPolicy(version, text));
    }

    /**
     * What is reported as a model's average execution time.
     *
     * @param times in parts of what it really is; 0 = nothing is reported
     */
    public void reportAverages(double times) {
        retrieve.reportAverages(times);
    }

    /**
     * Changes a model's entry, as it is listed and as it is obeyed: its constraints, or an end with
     * {@code model_spec.deprecation}. Also of a model that is answered without being listed.
     *
     * @param change is given the entry, with {@code id} and {@code model_spec}
     */
    public void model(String id, Consumer<ObjectNode> change) {
        catalogue.change(id, change);
    }

    /** Has upscales that are accepted from now on answered with a {@code url} when they are done, as a guide says. */
    public void linkUpscales() {
        links.forUpscales(true);
    }

    /** Forgets all attested media. */
    public void revokeConsent() throws IOException {
        jobs.revokeConsent();
    }

    public void setBalance(BigDecimal usd) {
        account.set(usd);
    }

    /** US dollars left. */
    public BigDecimal balance() {
        return account.balance();
    }

    /** Stops listening, drops all connections, and with them whatever is held. */
    @Override
    public void close() throws IOException {
        faults.abandon();
        api.close();
        downloads.close();
        jobs.close();
    }

    private Front front(Endpoint endpoint, Spool spool, Bodies bodies) {
        return new Front(endpoint, spool, bodies, faults, log, options.clock(), options.latency());
    }

    private AcceptedJob describe(Job job) {
        Map<String, Path> media = new LinkedHashMap<>();
        job.media().forEach((pointer, sha256) -> media.put(pointer, mediaDir.resolve(sha256)));
        AcceptedJob.State state = jobs.isDeleted(job.queueId()) ? AcceptedJob.State.DELETED
                : job.isReady(options.clock().millis()) ? AcceptedJob.State.READY : AcceptedJob.State.GENERATING;
        return new AcceptedJob(job.queueId(), job.model(), job.request(), Account.usd(job.priceMicros()),
                Instant.ofEpochMilli(job.acceptedAt()), state, videos.sha256(job),
                job.isPrivate() ? Optional.of(links.url(job)) : Optional.empty(), media);
    }
}
