package io.github.venicevideo.ledger.work;

import org.apache.camel.Exchange;

/** Names of the exchange properties that routes and beans share. */
public final class Exchanges {

    /** The {@code Job} that the route is about, whatever its body is by now. */
    public static final String JOB = "veniceJob";
    /** What the last answer comes to, for the beans that come after it. */
    public static final String ANSWER = "veniceAnswer";

    /** The {@link WorkerSlot} that the job takes up. */
    public static final String WORKER = "veniceWorker";

    /** The value of the field {@code consents} that a request goes out with, out of what people have attested. */
    public static final String CONSENTS = "veniceConsents";

    private Exchanges() {
    }

    /** The job is settled: no further step of its route is for it. */
    public static void settled(Exchange exchange) {
        exchange.setRouteStop(true);
    }
}
