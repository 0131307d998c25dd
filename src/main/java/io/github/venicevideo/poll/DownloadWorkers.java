package io.github.venicevideo.poll;

import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.ledger.work.WorkerSlot;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.RetrieveOutcome;
import java.util.concurrent.Semaphore;
import org.apache.camel.ExchangeProperty;

/** How many videos are fetched at once, so that the workers that ask are not all taken by videos that come slowly. */
public final class DownloadWorkers {

    private final Semaphore free;

    public DownloadWorkers(Settings settings) {
        this.free = new Semaphore(settings.number("venice.download.workers"));
    }

    /**
     * A video is about to be fetched: the worker that asked becomes one that fetches. When all of those are taken it
     * stays what it is, so that no more is asked about than can be fetched.
     *
     * @param outcome what the answer comes to; nothing happens unless it is a video, or is done
     */
    public void begin(@ExchangeProperty(Exchanges.ANSWER) Object outcome,
            @ExchangeProperty(Exchanges.WORKER) WorkerSlot worker) {
        if (worker != null && (outcome instanceof RetrieveOutcome.Video || outcome instanceof RetrieveOutcome.Completed)) {
            worker.moveTo(free);
        }
    }
}
