package io.github.venicevideo.assembly;

import io.github.venicevideo.api.PollPlan;
import io.github.venicevideo.poll.Deadline;
import io.github.venicevideo.poll.Download;
import io.github.venicevideo.poll.DownloadLink;
import io.github.venicevideo.poll.DownloadWorkers;
import io.github.venicevideo.poll.ExpectedGainPlan;
import io.github.venicevideo.poll.Fetching;
import io.github.venicevideo.poll.NextToAsk;
import io.github.venicevideo.poll.Poll;
import io.github.venicevideo.poll.Settlement;

/** The beans of stage 4. */
public final class PollBeans {

    private PollBeans() {
    }

    public static void bind(Beans beans, SharedBeans shared) {
        PollPlan plan = beans.bind("venicePollPlan", PollPlan.class,
                () -> new ExpectedGainPlan(shared.settings.duration("venice.poll.min-interval")));
        Poll poll = beans.bind("venicePoll", Poll.class,
                () -> new Poll(shared.ledger, shared.clock, shared.limits, shared.settings));
        Fetching fetching = new Fetching(shared.limits.fetching(), poll);
        beans.bind("veniceNextToAsk", NextToAsk.class,
                () -> new NextToAsk(shared.ledger, shared.api, shared.limits, plan, shared.clock));
        beans.bind("veniceDeadline", Deadline.class, () -> new Deadline(shared.ledger, shared.clock, shared.settings));
        beans.bind("veniceDownloadWorkers", DownloadWorkers.class, () -> new DownloadWorkers(shared.settings));
        Download download = beans.bind("veniceDownload", Download.class, () -> new Download(shared.home, shared.bundleFolders,
                shared.ledger, poll, shared.clock, shared.disk, shared.settings, fetching));
        beans.bind("venicePollSettlement", Settlement.class, () -> new Settlement(poll, download));
        beans.bind("veniceDownloadLink", DownloadLink.class,
                () -> new DownloadLink(shared.ledger, shared.clock, shared.settings, fetching));
    }
}
