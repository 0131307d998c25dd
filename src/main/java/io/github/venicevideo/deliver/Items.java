package io.github.venicevideo.deliver;

import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Video;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.request.Media;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes to a destination, in this order: the sidecar, the bundle's own media where wanted, the video. */
public final class Items {

    private static final Logger LOG = LoggerFactory.getLogger(Items.class);

    private final Home home;
    private final boolean includeBundle;

    public Items(Home home, Settings settings) {
        this.home = home;
        this.includeBundle = settings.flag("venice.delivery.include-bundle");
    }

    /** The items of a job under its name at the destination in hand; the video is the last, so that it never lies there alone. */
    public List<Item> of(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Deliver.TARGET) Target target) {
        Video video = job.video().orElseThrow(() -> new IllegalStateException("Job " + job.id() + " has no video"));
        WorkFolder work = home.work(job.id());
        FileNames names = FileNames.of(job, target.name(), includeBundle);
        List<Item> items = new ArrayList<>();
        items.add(Item.of(names.sidecar(), JobDocument.bytes(JobDocument.sidecar(job)), "application/json"));
        Set<String> paths = new HashSet<>();
        for (Media medium : job.request().media()) {
            if (names.media().containsKey(medium.path()) && paths.add(medium.path()) && isAsRecorded(job, work, medium)) {
                items.add(Item.of(names.medium(medium.path()), work.path().resolve(medium.path()), medium.mimeType(),
                        medium.bytes(), medium.sha256()));
            }
        }
        items.add(Item.of(names.video(), work.video(), "video/mp4", video.bytes(), video.sha256()));
        return items;
    }

    /** Makes a message of an item: its content, and headers for the components that take a name, a type or more from them. */
    public void content(@ExchangeProperty(Deliver.ITEM) Item item, @ExchangeProperty(Exchanges.JOB) Job job, Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(item.content());
        message.setHeader(Exchange.FILE_NAME, item.name());
        message.setHeader(AWS2S3Constants.KEY, item.name());
        message.setHeader(AWS2S3Constants.CONTENT_TYPE, item.contentType());
        message.setHeader(Exchange.CONTENT_TYPE, item.contentType());
        message.setHeader("VeniceVideoSha256", item.sha256());
        message.setHeader("VeniceVideoJobId", job.id());
    }

    /** What is in its place may be something else by now, which is nobody's to send; the video goes all the same. */
    private static boolean isAsRecorded(Job job, WorkFolder work, Media medium) {
        Path file = work.path().resolve(medium.path()).normalize();
        try {
            if (file.startsWith(work.path()) && file.toRealPath().equals(work.path().toRealPath().resolve(work.path().relativize(file)))
                    && Files.size(file) == medium.bytes()) {
                try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                    if (Sha256.hex(in).equals(medium.sha256())) {
                        return true;
                    }
                }
            }
            LOG.warn("{}: its file for {} is not what was recorded, and does not go along", job.bundle(), medium.field());
        } catch (IOException e) {
            LOG.warn("{}: its file for {} cannot be read, and does not go along: {}", job.bundle(), medium.field(), e.toString());
        }
        return false;
    }
}
