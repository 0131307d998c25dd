package io.github.venicevideo.assembly;

import io.github.venicevideo.deliver.AnswerWays;
import io.github.venicevideo.deliver.CleanUp;
import io.github.venicevideo.deliver.CompleteCall;
import io.github.venicevideo.deliver.Deliver;
import io.github.venicevideo.deliver.Events;
import io.github.venicevideo.deliver.Filing;
import io.github.venicevideo.deliver.Generate;
import io.github.venicevideo.deliver.Items;
import io.github.venicevideo.deliver.Keeping;
import io.github.venicevideo.deliver.LeftParts;
import io.github.venicevideo.deliver.RevokeCall;

/** The beans of stage 5. */
public final class DeliverBeans {

    private DeliverBeans() {
    }

    /** @param console whether a person can answer there, which the files beside a parked bundle tell */
    public static void bind(Beans beans, SharedBeans shared, boolean console) {
        AnswerWays ways = beans.bind("veniceAnswerWays", AnswerWays.class,
                () -> new AnswerWays(shared.settings.flag("venice.answers.files"), console));
        beans.bind("veniceDeliver", Deliver.class, () -> new Deliver(shared.context, shared.ledger, shared.destinations,
                shared.settings, shared.clock));
        beans.bind("veniceItems", Items.class, () -> new Items(shared.home, shared.settings));
        beans.bind("veniceFiling", Filing.class,
                () -> new Filing(shared.home, shared.ledger, shared.bundleFolders, ways));
        beans.bind("veniceKeeping", Keeping.class,
                () -> new Keeping(shared.ledger, shared.clock, shared.settings, shared.bundleFolders));
        beans.bind("veniceLeftParts", LeftParts.class,
                () -> new LeftParts(shared.context, shared.ledger, shared.destinations));
        beans.bind("veniceEvents", Events.class, () -> new Events(shared.ledger, shared.settings));
        beans.bind("veniceCleanUp", CleanUp.class,
                () -> new CleanUp(shared.ledger, shared.api, shared.clock, shared.settings));
        beans.bind("veniceCompleteCall", CompleteCall.class, () -> new CompleteCall(shared.clock));
        beans.bind("veniceRevokeCall", RevokeCall.class,
                () -> new RevokeCall(shared.ledger, shared.clock, shared.settings));
        beans.bind("veniceGenerate", Generate.class, () -> new Generate(shared.ledger, shared.clock, shared.settings));
    }
}
