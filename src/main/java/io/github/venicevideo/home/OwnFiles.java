package io.github.venicevideo.home;

import java.util.Set;

/** Names of the files that this program puts beside a bundle; never content. */
public final class OwnFiles {

    /** What became of the job, for programs. */
    public static final String JOB = "job.json";
    /** Why a bundle failed and what to do, for people. */
    public static final String ERROR = "ERROR.txt";
    /** What a person has to decide. */
    public static final String ACTION = "ACTION.md";
    /** The choices of a parked bundle, to be filled in. */
    public static final String ANSWER_FORM = "answer-form.json";
    /** The form, filled in. */
    public static final String ANSWER = "answer.json";

    /** An answer that could not be used. */
    public static final String ANSWER_REFUSED = "answer-refused.json";
    /** Why it could not. */
    public static final String ANSWER_ERROR = "answer-error.txt";

    static final Set<String> ALL = Set.of(JOB, ERROR, ACTION, ANSWER_FORM, ANSWER, ANSWER_REFUSED, ANSWER_ERROR);

    private OwnFiles() {
    }
}
