package io.github.venicevideo;

import io.github.venicevideo.submit.GateProbe;
import io.github.venicevideo.submit.NextToSend;
import io.github.venicevideo.submit.Permits;
import io.github.venicevideo.submit.Price;
import io.github.venicevideo.submit.Staging;
import io.github.venicevideo.submit.Submit;
import io.github.venicevideo.submit.UploadParts;

/** The beans of stage 2. */
final class SubmitBeans {

    private SubmitBeans() {
    }

    static void bind(Beans beans, SharedBeans shared) {
        UploadParts parts = beans.bind("veniceUploadParts", UploadParts.class, () -> UploadParts.USUAL);
        Staging staging = beans.bind("veniceStaging", Staging.class, () -> new Staging(shared.context, shared.home,
                shared.ledger, shared.clock, shared.settings, parts));
        beans.bind("veniceSubmit", Submit.class, () -> new Submit(shared.home, shared.bundleFolders, shared.ledger,
                shared.api, shared.clock, shared.limits, staging, shared.settings, shared.catalogue));
        beans.bind("venicePrice", Price.class, () -> new Price(shared.home, shared.drops, shared.ledger, shared.clock,
                shared.limits, staging, shared.settings, shared.catalogue, shared.api));
        beans.bind("veniceNextToSend", NextToSend.class,
                () -> new NextToSend(shared.ledger, shared.limits, shared.disk, shared.clock));
        beans.bind("venicePermits", Permits.class, () -> new Permits(shared.ledger, shared.limits));
        beans.bind("veniceGateProbe", GateProbe.class, () -> new GateProbe(shared.limits, shared.clock));
    }
}
