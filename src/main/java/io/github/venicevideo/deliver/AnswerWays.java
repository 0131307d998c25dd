package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.job.Job;

/**
 * Which ways a person has of answering here.
 *
 * @param files whether an {@code answer.json} beside the bundle is taken, and a form in {@code consents/}
 * @param console whether the console takes answers
 */
public record AnswerWays(boolean files, boolean console) {

    /** How to hand the filled-in form in, for people. */
    String explained(Job job) {
        String call = "`POST /api/jobs/" + job.id() + "/answer`";
        if (files) {
            return "Fill in `answer-form.json` beside this file and rename it to `answer.json`" + (console
                    ? ", or send it filled in to the console: " + call + ". " : ". ") + "`by` is your name.";
        }
        return (console ? "Fill in a copy of `answer-form.json` beside this file and send it to the console: " + call
                + ". `by` is your name.\n" : "There is no way of answering here now: the console is off as well. Whoever runs the"
                + " program has to set `venice.console.port`\nand start it again; it waits until then.\n")
                + "An `answer.json` is not taken here, since `venice.answers.files` is `false`.";
    }
}
