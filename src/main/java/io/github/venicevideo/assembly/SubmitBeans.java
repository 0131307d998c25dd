package io.github.venicevideo.assembly;

import io.github.venicevideo.s3.UploadParts;
import io.github.venicevideo.submit.BalanceCall;
import io.github.venicevideo.submit.GateProbe;
import io.github.venicevideo.submit.NextToSend;
import io.github.venicevideo.submit.Permits;
import io.github.venicevideo.submit.Price;
import io.github.venicevideo.submit.QueueCall;
import io.github.venicevideo.submit.Quote;
import io.github.venicevideo.submit.RepricedQuote;
import io.github.venicevideo.submit.Staging;
import io.github.venicevideo.submit.Submit;

/** The beans of stage 2. */
public final class SubmitBeans {

    private SubmitBeans() {
    }

    public static void bind(Beans beans, SharedBeans shared) {
        UploadParts parts = beans.bind("veniceUploadParts", UploadParts.class, () -> UploadParts.USUAL);
        Staging staging = beans.bind("veniceStaging", Staging.class, () -> new Staging(shared.context, shared.home,
                shared.ledger, shared.clock, shared.settings, parts));
        beans.bind("veniceSubmit", Submit.class, () -> new Submit(shared.home, shared.bundleFolders, shared.ledger,
                shared.api, shared.clock, shared.limits, shared.settings, shared.catalogue));
        beans.bind("veniceQueueCall", QueueCall.class,
                () -> new QueueCall(shared.home, shared.ledger, shared.clock, staging, shared.settings));
        beans.bind("veniceBalanceCall", BalanceCall.class, () -> new BalanceCall(shared.limits, shared.clock));
        beans.bind("venicePrice", Price.class, () -> new Price(shared.drops, shared.ledger, shared.clock, shared.limits,
                shared.settings, shared.catalogue, shared.api));
        beans.bind("veniceQuote", Quote.class,
                () -> new Quote(shared.home, shared.ledger, shared.clock, staging, shared.catalogue));
        beans.bind("veniceRepricedQuote", RepricedQuote.class, () -> new RepricedQuote(shared.home, shared.ledger,
                shared.clock, shared.catalogue, shared.settings));
        beans.bind("veniceNextToSend", NextToSend.class,
                () -> new NextToSend(shared.ledger, shared.limits, shared.disk, shared.clock));
        beans.bind("venicePermits", Permits.class, () -> new Permits(shared.ledger, shared.limits));
        beans.bind("veniceGateProbe", GateProbe.class, () -> new GateProbe(shared.limits, shared.clock));
    }
}
