package io.github.venicevideo.api;

import java.util.Locale;

/** Where a job stands; {@code docs/developers.md} has the diagram. */
public enum JobState {
    /** Claimed, read, recorded and valid; nothing has been sent. */
    RECEIVED,
    /** The intent to send is on disk; a POST may be on the wire. */
    SUBMITTING,
    /** Waits for a person's answer. */
    PARKED,
    /** Accepted and charged: {@code queue_id} is known, the video is being made. */
    GENERATING,
    /** The video is complete, checked and synced on local disk. */
    RETRIEVED,
    /** Stored at every destination, and checked there. Final. */
    DELIVERED,
    /** Ended without a video, or without delivering it. Final. */
    FAILED;

    /** Whether nothing more will happen by itself or by an answer. */
    public boolean isFinal() {
        return this == DELIVERED || this == FAILED;
    }

    /** As the ledger, {@code job.json}, events and log lines spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a given spelling. */
    public static JobState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
