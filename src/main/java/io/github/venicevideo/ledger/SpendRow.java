package io.github.venicevideo.ledger;

/**
 * What was spent on one day, for one drop folder, on one model; amounts in micro-dollars.
 *
 * @param day in {@code venice.zone}, as the budgets count it
 * @param model the one that took the jobs, or that is asked for; empty for what was forgotten
 * @param jobs how many jobs any of it is for
 * @param reserved for jobs that are about to be sent
 * @param settled was accepted, or may have been and was sent again
 * @param refunded came back
 * @param inDoubt may have been charged, and a person is asked
 */
public record SpendRow(String day, String drop, String model, long jobs, long reserved, long settled, long refunded, long inDoubt) {

    /** Both together, for a sum. */
    public SpendRow plus(SpendRow other) {
        return new SpendRow(day, drop, model, jobs + other.jobs, reserved + other.reserved, settled + other.settled,
                refunded + other.refunded, inDoubt + other.inDoubt);
    }
}
