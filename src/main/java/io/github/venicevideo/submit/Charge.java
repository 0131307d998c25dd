package io.github.venicevideo.submit;

import io.github.venicevideo.ledger.limit.Balances;
import io.github.venicevideo.venice.answer.Balance;
import java.util.Optional;

/**
 * What the account tells of a request without an answer. It decides nothing: a person does, who also knows who else uses it.
 *
 * @param before the last balance that was seen before
 * @param now what was there afterwards
 * @param others how many other jobs were sent meanwhile
 * @param price of the job in micro-dollars, where it is known
 */
record Charge(Optional<Balances.Seen> before, Optional<Balance> now, long others, Optional<Long> price) {

    /** Prices are told in cents at times. */
    private static final long ROUNDING = 10_000;

    /** What it comes to. */
    enum Verdict {
        CHARGED("charged"), NOT_CHARGED("not charged"), CANNOT_TELL("cannot tell");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    Verdict verdict() {
        if (before.isEmpty() || now.isEmpty() || others > 0) {
            return Verdict.CANNOT_TELL;
        }
        long dollars = before.get().balance().usd() - now.get().usd();
        long diem = before.get().balance().diem() - now.get().diem();
        if (dollars == 0 && diem == 0) {
            return Verdict.NOT_CHARGED;
        }
        if (dollars < 0 || diem < 0) {
            return Verdict.CANNOT_TELL;
        }
        boolean isThePrice = diem > 0 || price.map(micros -> Math.abs(micros - dollars) <= ROUNDING).orElse(true);
        return isThePrice ? Verdict.CHARGED : Verdict.CANNOT_TELL;
    }

    /** For whoever decides. */
    String sentence() {
        return "The account: " + before.map(seen -> seen.balance() + " before (seen " + seen.at() + ")").orElse("not known before")
                + ", " + now.map(balance -> balance + " now").orElse("and it could not be asked for what is there now") + "; "
                + (others == 0 ? "no other job was sent meanwhile" : others + (others == 1 ? " other job was" : " other jobs were")
                        + " sent meanwhile, or " + (others == 1 ? "is" : "are") + " being sent") + ". So: " + verdict()
                + ". Others who use the account are not known here.";
    }
}
