package io.github.venicevideo.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.ledger.KeyId;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.OpenLedger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.limit.Limits;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.answer.AccountTrouble;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Between the choice of a job and its POST, its price and its uploads may take minutes: what allows it is asked right before. */
class PermitsTest {

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();
    private final Ledger ledger = open.ledger();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private Limits limits;
    private Permits permits;

    @BeforeEach
    void oneCallAMinute() {
        limits = new Limits(ledger, KeyId.of("https://api", Optional.of("key")), open.clock(),
                Settings.packaged().with(Map.of("venice.limits.queue-per-minute", "1")));
        permits = new Permits(ledger, limits);
        open.record("1");
    }

    @Test
    void aJobIsSentWithAPermitAndGoesBackToItsPlaceWithoutOne() {
        assertThat(isSent(open.take())).isTrue();
        open.record("2");

        assertThat(isSent(open.take())).isFalse();

        assertThat(ledger.jobs().find("2")).flatMap(Job::leaseOwner).isEmpty();
    }

    @Test
    void noJobIsSentWhileTheGateIsClosedAndThePermitIsKept() {
        Job job = open.take();
        limits.gate().trouble(new AccountTrouble("UNAUTHORIZED", "No"), false);

        assertThat(isSent(job)).isFalse();

        assertThat(ledger.jobs().find("1")).flatMap(Job::leaseOwner).isEmpty();
        assertThat(limits.queue().take()).isPresent();
    }

    private boolean isSent(Job job) {
        permits.take(job, exchange);
        return !exchange.isRouteStop();
    }
}
