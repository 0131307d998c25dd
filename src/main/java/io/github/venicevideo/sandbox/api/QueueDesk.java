package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.sandbox.call.Exchange;
import io.github.venicevideo.sandbox.call.Media;
import io.github.venicevideo.sandbox.call.Reply;
import io.github.venicevideo.sandbox.clip.FirstPicture;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code POST /video/queue} and {@code POST /video/quote}: judges a request, prices it, takes it on. */
public final class QueueDesk {

    private static final int SLOWER = 60;

    private final RequestSchema queueSchema = RequestSchema.packaged("queue");
    private final RequestSchema quoteSchema = RequestSchema.packaged("quote");
    private final QuoteRules quoteRules = new QuoteRules(quoteSchema);
    private final Catalogue catalogue;
    private final Jobs jobs;
    private final ConsentGate consents;
    private final Account account;
    private final Timing timing;
    private final DownloadLinks links;
    private final Videos videos;
    private final Clock clock;
    private final Path keptMedia;

    /** @param keptMedia where accepted media are kept, named by their SHA-256; null = they are not */
    public QueueDesk(Catalogue catalogue, Jobs jobs, ConsentGate consents, Account account, Timing timing,
              DownloadLinks links, Videos videos, Clock clock, Path keptMedia) throws IOException {
        this.catalogue = catalogue;
        this.jobs = jobs;
        this.consents = consents;
        this.account = account;
        this.timing = timing;
        this.links = links;
        this.videos = videos;
        this.clock = clock;
        this.keptMedia = keptMedia;
    }

    Reply quote(Exchange exchange) throws IOException {
        if (!exchange.json().path("model").isTextual()) {
            quoteSchema.check(exchange.json());
        }
        Model model = catalogue.require(exchange.text("model"));
        quoteRules.check(model, exchange.json());
        long micros = Prices.micros(model, exchange.json(),
                model.family() == Model.Family.UPSCALE ? MediaRules.seconds(exchange.media(), "video_url")
                        : exchange.json().path("reference_video_total_duration").asDouble(0));
        return Reply.json(200, JsonNodeFactory.instance.objectNode().put("quote",
                Account.usd(MediaRules.isFast(model, exchange.media()) ? 2 * micros : micros)));
    }

    Reply queue(Exchange exchange) throws IOException {
        queueSchema.check(exchange.json());
        Model model = catalogue.require(exchange.text("model"));
        QueueRules.check(model, exchange.json());
        MediaRules.check(model, exchange.media());
        List<String> attests = consents.check(model, exchange.json(), exchange.media());
        Accepted accepted = accept(model, exchange, attests);
        Job job = accepted.job();
        ObjectNode answer = JsonNodeFactory.instance.objectNode()
                .put("model", job.model()).put("queue_id", job.queueId());
        if (job.isPrivate()) {
            answer.put("download_url", links.url(job));
        }
        return Reply.json(200, answer).with(Account.BEFORE, accepted.balanceBefore().toPlainString());
    }

    private record Accepted(Job job, BigDecimal balanceBefore) { }

    private synchronized Accepted accept(Model model, Exchange exchange, List<String> attests) throws IOException {
        long price = Prices.micros(model, exchange.json(), MediaRules.seconds(exchange.media(),
                model.family() == Model.Family.UPSCALE ? "video_url" : "reference_video_urls"));
        BigDecimal before = account.charge(MediaRules.isFast(model, exchange.media()) ? 2 * price : price);
        boolean linkedLater = !model.isPrivate() && model.family() == Model.Family.UPSCALE && links.forUpscales();
        String queueId = UUID.randomUUID().toString();
        FirstPicture.keep(exchange.media(), videos.firstPicture(queueId));
        Job job = new Job(queueId, model.answersAs(), exchange.json(), price, clock.millis(),
                timing.drawMillis(model, jobs.all().size()) * (exchange.text("prompt").contains(Timing.SLOW) ? SLOWER : 1),
                timing.p80Millis(model),
                model.isPrivate() || linkedLater ? links.newQuery() : "", linkedLater, keep(exchange.media()));
        jobs.accept(job, attests);
        return new Accepted(job, before);
    }

    private Map<String, String> keep(List<Media> media) throws IOException {
        Map<String, String> kept = new LinkedHashMap<>();
        for (Media medium : media) {
            if (keptMedia != null && medium.file() != null) {
                Files.move(medium.file(), keptMedia.resolve(medium.sha256()), StandardCopyOption.REPLACE_EXISTING);
                kept.put(medium.pointer(), medium.sha256());
            }
        }
        return kept;
    }
}
