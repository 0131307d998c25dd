package io.github.venicevideo.deliver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;

/** Hides in a text what an endpoint's URI holds as credentials. */
final class Secrets {

    private static final String HIDDEN = "xxxxxx";
    private static final Pattern OPTION = Pattern.compile(
            "(?i)[?&][a-z.]*(?:secret|password|passphrase|token|accesskey|credential|key)[a-z]*=(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?}(?=&|$)|[^&]*)");
    private static final Pattern USER_INFO = Pattern.compile("[:/]([^/:@?]+):([^/@?]+)@");

    private Secrets() {
    }

    static String hide(String text, String uri) {
        Set<String> secrets = new LinkedHashSet<>();
        Matcher options = OPTION.matcher(uri);
        while (options.find()) {
            add(secrets, options.group(1).replaceFirst("^RAW[({](.*)[)}]$", "$1"));
        }
        Matcher user = USER_INFO.matcher(uri);
        if (user.find()) {
            add(secrets, user.group(2));
        }
        String hidden = URISupport.sanitizeUri(text);
        for (String secret : secrets) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden;
    }

    private static void add(Set<String> secrets, String secret) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
            try {
                secrets.add(URLDecoder.decode(secret, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // not encoded, then
            }
        }
    }
}
