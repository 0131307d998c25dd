package io.github.venicevideo.venice.answer;

/**
 * The {@code download_url} of a private model: whoever has it, has the video. It is kept in one table and handed to
 * one call, and no text form shows it, so that it can't land in a log or a page by accident.
 *
 * @param value as the API gave it; {@code DownloadUrlRule} says whether it may be used
 */
public record DownloadUrl(String value) {

    @Override
    public String toString() {
        return "download_url (not shown)";
    }
}
