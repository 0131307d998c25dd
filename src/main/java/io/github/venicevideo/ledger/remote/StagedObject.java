package io.github.venicevideo.ledger.remote;

/** An object of ours in a staging bucket, or one whose upload was at least begun. */
public record StagedObject(String bucket, String key) {
}
