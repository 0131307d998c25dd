package io.github.venicevideo.poll;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.work.Exchanges;
import io.github.venicevideo.venice.answer.AccountTrouble;
import io.github.venicevideo.venice.answer.RetrieveOutcome;
import io.github.venicevideo.venice.answer.Retry;
import io.github.venicevideo.venice.answer.Wait;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** What becomes of a job by what an answer, or the fetching of its video, came to. */
public final class Settlement {

    private final Poll poll;
    private final Download download;

    public Settlement(Poll poll, Download download) {
        this.poll = poll;
        this.download = download;
    }

    /** Settles the job, which ends its route, unless its video is whole on the disk. */
    public void settle(@ExchangeProperty(Exchanges.JOB) Job job, @ExchangeProperty(Exchanges.ANSWER) Object outcome,
            Exchange exchange) throws IOException {
        if (outcome instanceof Fetch.Whole) {
            return;
        }
        Exchanges.settled(exchange);
        if (outcome instanceof RetrieveOutcome.Processing processing) {
            poll.processing(job, processing);
        } else if (outcome instanceof RetrieveOutcome.Failed failed) {
            poll.failed(job, failed);
        } else if (outcome instanceof RetrieveOutcome.Expired expired) {
            poll.expired(job, expired);
        } else if (outcome instanceof Wait wait) {
            poll.waitAsTold(job, wait);
        } else if (outcome instanceof AccountTrouble trouble) {
            poll.waitForAccount(job, trouble);
        } else if (outcome instanceof Retry retry) {
            poll.retry(job, retry);
        } else if (outcome instanceof Fetch.NotFetched notFetched) {
            download.notFetched(job, notFetched);
        } else if (outcome instanceof Fetch.Broken broken) {
            download.broken(job, broken);
        } else if (outcome instanceof Fetch.NoRoom) {
            download.noRoom(job);
        } else {
            throw new IllegalStateException("Nothing is known of " + outcome);
        }
    }
}
