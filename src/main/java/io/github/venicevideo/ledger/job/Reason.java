package io.github.venicevideo.ledger.job;

import java.util.Locale;

/**
 * Why a job is parked or has failed, or what is remarkable about one that goes on: the codes of the history, of
 * {@code job.json} and of events. A released one is never renamed.
 */
public enum Reason {

    /** Parked: a person can consent. */
    NEEDS_CONSENT,
    /** Parked: consent is asked for, in a way that nobody can give it here. */
    CONSENT_UNKNOWN,
    /** Parked: it may have been accepted, and nobody can tell. */
    IN_DOUBT,
    /** Parked: it would cost more than a limit allows. */
    OVER_BUDGET,
    /** Parked: a limit is set, and no price could be had. */
    NO_PRICE,
    /** Parked: the same was asked for before. */
    DUPLICATE,
    /** Parked: what was fetched is no whole video, again and again. */
    UNVERIFIED,
    /** In the making, and for so long that the provider is about to forget it. */
    OVERDUE,
    /** Failed: the bundle cannot be used. */
    INVALID_BUNDLE,
    /** Failed: the disk, or the program, failed while the bundle was read. */
    UNREADABLE_BUNDLE,
    /** Failed: the bundle was taken away while it waited. */
    BUNDLE_GONE,
    /** Failed: the files are not what was recorded. */
    MEDIA_CHANGED,
    /** Failed: the API will not take the request. */
    REFUSED,
    /** Failed: an earlier job was refused with the same media. */
    REFUSED_BEFORE,
    /** Failed: the provider could not make the video. */
    GENERATION_FAILED,
    /** Failed: the same, and the credits came back. */
    GENERATION_REFUNDED,
    /** Failed: the provider no longer knows the job. */
    EXPIRED,
    /** Failed: the provider cannot say what became of it. */
    RETRIEVE_FAILED,
    /** Failed: the video is finished, and could not be fetched. */
    DOWNLOAD_FAILED,
    /** Failed: a person ended a parked job. */
    REJECTED;

    /** Whether it is a job's. */
    public boolean isOf(Job job) {
        return job.reason().filter(toString()::equals).isPresent();
    }

    /** Its code. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
