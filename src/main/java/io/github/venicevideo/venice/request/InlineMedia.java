package io.github.venicevideo.venice.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/** Media that are given as data URLs. */
public final class InlineMedia {

    private static final Pattern DATA_URL = Pattern.compile("data:[^,\\s\"]{0,200};base64,[A-Za-z0-9+/]*+={0,2}",
            Pattern.CASE_INSENSITIVE);

    private InlineMedia() {
    }

    /**
     * The SHA-256, as lower-case hex, of the bytes that a data URL holds.
     *
     * @return empty where it is not base64
     */
    public static Optional<String> hash(String dataUrl) {
        int comma = dataUrl.indexOf(',');
        if (comma < 0 || !dataUrl.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(dataUrl.substring(comma + 1).getBytes(StandardCharsets.ISO_8859_1));
            return Optional.of(DigestUtils.sha256Hex(bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same of every data URL that stands in a text, such as JSON. */
    public static Set<String> hashesIn(String text) {
        Set<String> hashes = new TreeSet<>();
        Matcher url = DATA_URL.matcher(text.replace("\\/", "/"));
        while (url.find()) {
            hash(url.group()).ifPresent(hashes::add);
        }
        return hashes;
    }
}
