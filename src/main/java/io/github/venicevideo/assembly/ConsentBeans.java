package io.github.venicevideo.assembly;

import io.github.venicevideo.consent.AnswerCalls;
import io.github.venicevideo.consent.Answers;
import io.github.venicevideo.consent.Consent;
import io.github.venicevideo.consent.ConsentAhead;
import io.github.venicevideo.consent.ConsentDrop;
import io.github.venicevideo.consent.RefusedBefore;

/** The beans of stage 3. */
public final class ConsentBeans {

    private ConsentBeans() {
    }

    public static void bind(Beans beans, SharedBeans shared) {
        Consent consent = beans.bind("veniceConsent", Consent.class, () -> new Consent(shared.home, shared.ledger, shared.consentStore,
                shared.drops, shared.clock, shared.settings));
        beans.bind("veniceConsentAhead", ConsentAhead.class, () -> new ConsentAhead(shared.ledger, shared.consentStore,
                consent, shared.clock, shared.settings));
        beans.bind("veniceRefusedBefore", RefusedBefore.class, () -> new RefusedBefore(shared.ledger, shared.settings));
        beans.bind("veniceAnswers", Answers.class, () -> new Answers(shared.home, shared.ledger, shared.consentStore,
                shared.clock, shared.settings, shared.bundleFolders, shared.looks));
        beans.bind("veniceConsentDrop", ConsentDrop.class, () -> new ConsentDrop(shared.home, shared.ledger,
                shared.consentStore, shared.border, shared.looks, shared.stays, shared.jobIds, shared.clock, shared.settings));
        beans.bind("veniceAnswerCalls", AnswerCalls.class, () -> new AnswerCalls(shared.home, shared.ledger,
                shared.consentStore, shared.clock, shared.settings));
    }
}
