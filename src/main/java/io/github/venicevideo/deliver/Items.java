package io.github.venicevideo.deliver;

import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Exchanges;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.Video;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Media;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.ExchangeProperty;

/** What goes to a destination, in this order: the sidecar, the bundle's own media where wanted, the video. */
public final class Items {

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
        List<Item> items = new ArrayList<>();
        items.add(Item.of(target.name() + ".json", JobDocument.bytes(JobDocument.sidecar(job)), "application/json"));
        if (includeBundle) {
            items.addAll(media(job, target.name(), work));
        }
        items.add(Item.of(target.name() + ".mp4", work.video(), "video/mp4", video.bytes(), video.sha256()));
        return items;
    }

    /** Media that lie in files of their own; two that would bear one name are told apart by a number. */
    private static List<Item> media(Job job, String name, WorkFolder work) {
        List<Item> items = new ArrayList<>();
        Set<String> paths = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (Media medium : job.request().media()) {
            if (!medium.dataUrl() && paths.add(medium.path())) {
                items.add(Item.of(name + "/" + fileName(medium, names), work.path().resolve(medium.path()), medium.mimeType(),
                        medium.bytes(), medium.sha256()));
            }
        }
        return items;
    }

    private static String fileName(Media medium, Set<String> names) {
        String file = medium.path().substring(medium.path().lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        String stem = VideoNames.safe(dot > 0 ? file.substring(0, dot) : file);
        String extension = dot > 0 ? "." + VideoNames.safe(file.substring(dot + 1)) : "";
        String name = stem + extension;
        for (int number = 2; !names.add(name.toLowerCase(java.util.Locale.ROOT)); number++) {
            name = stem + "-" + number + extension;
        }
        return name;
    }
}
