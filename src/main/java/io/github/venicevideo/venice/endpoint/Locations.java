package io.github.venicevideo.venice.endpoint;

/** What may be shown of an endpoint's URI: credentials stand in its options, or before an {@code @}. */
public final class Locations {

    private Locations() {
    }

    /** The URI without its options and its user. */
    public static String of(String uri) {
        int options = uri.indexOf('?');
        String plain = options < 0 ? uri : uri.substring(0, options);
        int scheme = plain.indexOf(':');
        int userInfo = plain.lastIndexOf('@');
        if (userInfo > scheme && !plain.startsWith("file:")) {
            plain = plain.substring(0, scheme + 1) + "//" + plain.substring(userInfo + 1);
        }
        return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
