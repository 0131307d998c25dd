package io.github.venicevideo.consent;

import io.github.venicevideo.venice.answer.QueueOutcome;
import java.util.Optional;

/** What people are told when a job waits for consent. Names no person. */
final class ConsentSentences {

    private ConsentSentences() {
    }

    static String asking(Question question, Optional<StandingConsent> standing) {
        String because = switch (question.because()) {
            case FACE -> "Venice found a human face (" + String.join(", ", question.roles())
                    + ") and asks the person responsible to agree to its policy.";
            case AGAIN -> "Consent was sent with it, and Venice asks for it all the same (" + String.join(", ", question.roles())
                    + "). It is not sent again by itself; look at Venice's page on it, or ask Venice.";
            case REVOKED -> "Consent for its media was taken back, so it is not sent until somebody gives it anew.";
            case EXPIRED -> "What was attested of its media has run out, so it is not sent until somebody attests it anew.";
            case POLICY -> "Venice has another policy text since consent was given, so it is asked for anew.";
            case UNCLEAR -> "Venice found a human face and asks the person responsible to agree to its policy. It says where in"
                    + " words that do not fit this request (" + String.join(", ", question.roles())
                    + "), so all media of the bundle are meant.";
        };
        String unused = standing.filter(consent -> !consent.policyHash().equals(question.policy().hash()))
                .map(consent -> "\nvenice.consent.standing." + consent.name() + " is pinned to another policy text than this"
                        + " one, so it does not serve.").orElse("");
        return because + " Nothing was charged." + unused;
    }

    static String unknown(QueueOutcome.NeedsConsent asked) {
        return "Venice asks for consent " + (asked.policyText().isBlank() ? "and gives no text that anybody could agree to"
                : "in a way that this program does not know (" + (asked.flow().isEmpty() ? "without a name" : asked.flow()) + ")")
                + ". Nothing was charged. Nothing that could be answered here would help: reject it, read Venice's page on it"
                + (asked.docsUrl().isEmpty() ? "" : " (" + asked.docsUrl() + ")")
                + ", and drop the bundle again with another model, or with a newer version of this program."
                + (asked.policyText().isBlank() ? "" : "\n\n" + asked.policyText());
    }
}
