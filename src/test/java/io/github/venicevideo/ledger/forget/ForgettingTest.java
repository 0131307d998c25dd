package io.github.venicevideo.ledger.forget;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.ledger.OpenLedger;
import io.github.venicevideo.ledger.job.Due;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.job.Transitions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was begun to be forgotten is remembered, of that request alone. */
@Timeout(180)
class ForgettingTest {

    private static final ForgetTarget ADA = new ForgetTarget(ForgetTarget.Kind.PERSON, "Ada Lovelace");
    private static final ForgetTarget BOB = new ForgetTarget(ForgetTarget.Kind.PERSON, "Bob Martin");

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private Forgetting forgetting;

    @BeforeEach
    void twoJobsThatEnded() {
        forgetting = open.ledger().forgetting();
        open.record("ada");
        open.record("bob");
        Transitions transitions = open.ledger().transitions();
        for (int i = 0; i < 2; i++) {
            transitions.failed(open.take(), Reason.REFUSED, "No", Optional.empty());
            Job failed = open.claim(Due.UNFILED);
            transitions.filed(failed, failed.id());
        }
    }

    @Test
    void whatWasCutOffIsNotForgottenWithSomebodyElse() {
        forgetting.begin(forgetting.plan(ADA, job -> job.id().equals("ada")));
        open.restart();
        forgetting = open.ledger().forgetting();

        ForgetPlan bob = forgetting.plan(BOB, job -> job.id().equals("bob"));
        assertThat(bob.jobs()).extracting(Job::id).containsExactly("bob");
        forgetting.begin(bob);
        forgetting.erase(bob);

        assertThat(open.ledger().jobs().find("ada")).map(Job::bundle).contains("bundle");
        ForgetTarget again = new ForgetTarget(ForgetTarget.Kind.PERSON, "  ada  LOVELACE ");
        assertThat(forgetting.plan(again, job -> false).jobs()).extracting(Job::id).containsExactly("ada");
        ForgetTarget medium = new ForgetTarget(ForgetTarget.Kind.MEDIUM, "a".repeat(64));
        assertThat(forgetting.plan(medium, job -> false).jobs()).isEmpty();
    }

    @Test
    void aJobThatTwoAskedForIsForgottenWithTheFirst() {
        forgetting.begin(forgetting.plan(ADA, job -> job.id().equals("ada")));
        ForgetPlan bob = forgetting.plan(BOB, job -> true);
        forgetting.begin(bob);
        forgetting.erase(bob);

        assertThat(forgetting.plan(ADA, job -> false).jobs()).isEmpty();
        assertThat(open.ledger().jobs().find("ada")).map(Job::bundle).contains("");
    }
}
