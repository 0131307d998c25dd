package io.github.venicevideo.venice.endpoint;

/** A URL that may be shown, to whomever: what lets its reader fetch what is behind it is left out. */
public final class PlainUrl {

    private PlainUrl() {
    }

    /** Whether a text is the URL of a medium: it begins with {@code http://} or {@code https://}. */
    public static boolean isUrl(String text) {
        return text.matches("(?is)https?://.*");
    }

    /** The URL without its user and without what comes after its path; there {@code ?...} says that something did. */
    public static String of(String url) {
        String whole = url.replaceFirst("(?is)^(https?://)[^/?#]*@", "$1");
        String path = whole.split("[?#]", 2)[0];
        return path.length() == whole.length() ? whole : path + "?...";
    }
}
