package io.github.venicevideo.consent;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.venice.MicroUsd;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many jobs an answer for many pays for, and how much: told to whoever answers, and told back by them, before it is carried out.
 *
 * @param jobs how many
 * @param sum of their prices, in micro-dollars
 * @param unpriced of how many the price is not known
 * @param until what was parked later is not meant
 */
record ForMany(int jobs, long sum, int unpriced, Instant until) {

    private static final Pattern TOLD = Pattern.compile(
            "(\\d{1,9}) jobs?, (\\d{1,9}(?:\\.\\d{1,6})?) USD(?:, (\\d{1,9}) without a price)?, parked until (\\S{1,40})");

    /**
     * What these jobs are together.
     *
     * @param amount what a person says that each costs, where nobody else does
     */
    static ForMany of(List<Job> jobs, Optional<Long> amount) {
        long sum = jobs.stream().mapToLong(job -> amount.or(job::price).orElse(0L)).sum();
        long unpriced = jobs.stream().filter(job -> amount.or(job::price).isEmpty()).count();
        return new ForMany(jobs.size(), sum, (int) unpriced, jobs.stream().map(Job::updatedAt).max(Instant::compareTo).orElse(Instant.EPOCH));
    }

    /** What was told, as a person has copied it. */
    static Optional<ForMany> told(String text) {
        Matcher told = TOLD.matcher(text.strip());
        if (!told.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ForMany(Integer.parseInt(told.group(1)), MicroUsd.of(new BigDecimal(told.group(2))),
                    told.group(3) == null ? 0 : Integer.parseInt(told.group(3)), Instant.parse(told.group(4))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether it is not more than was agreed to; it may be less, when some were answered for themselves meanwhile. */
    boolean isWithin(ForMany agreed) {
        return jobs <= agreed.jobs() && sum <= agreed.sum() && unpriced <= agreed.unpriced();
    }

    @Override
    public String toString() {
        return jobs + (jobs == 1 ? " job, " : " jobs, ") + MicroUsd.text(sum) + " USD"
                + (unpriced > 0 ? ", " + unpriced + " without a price" : "") + ", parked until " + until;
    }
}
