package io.github.venicevideo.venice.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;

/** Hides in a text what an endpoint's URI holds as credentials. */
public final class Secrets {

    private static final String HIDDEN = "xxxxxx";
    private static final Pattern OPTION = Pattern.compile(
            "(?i)[?&][a-z.]*(?:secret|password|passphrase|token|accesskey|credential|key|jaas)[a-z.]*=(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?}(?=&|$)|[^&]*)");
    /** Within a JAAS line. */
    private static final Pattern LOGIN = Pattern.compile("(?i)(?:password|secret|token)[a-z.]*\\s*=\\s*[\"']?([^\\s\"';]{3,})");
    private static final Pattern ANY_OPTION = Pattern.compile("[?&]([^=&]+)=(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?}(?=&|$)|[^&]*)");
    /** Camel shows the options that it does not know, and what a misspelt name stands for nobody can tell. */
    private static final Pattern UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{(.*)}]", Pattern.DOTALL);
    private static final Pattern USER_INFO = Pattern.compile("[:/]([^/:@?]+):([^/@?]+)@");

    private Secrets() {
    }

    /** The text without them, in whatever form the URI has them. */
    public static String hide(String text, String uri) {
        Set<String> secrets = new LinkedHashSet<>();
        Matcher options = OPTION.matcher(uri);
        while (options.find()) {
            add(secrets, bare(options.group(1)));
        }
        Matcher unknown = UNKNOWN.matcher(text);
        if (unknown.find()) {
            ANY_OPTION.matcher(uri).results().filter(option -> unknown.group(1).contains(option.group(1) + "="))
                    .forEach(option -> add(secrets, bare(option.group(2))));
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

    private static String bare(String value) {
        return value.replaceFirst("^RAW[({](.*)[)}]$", "$1");
    }

    private static void add(Set<String> secrets, String secret) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
            try {
                secrets.add(URLDecoder.decode(secret, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // not encoded, then
            }
            LOGIN.matcher(secret).results().forEach(login -> secrets.add(login.group(1)));
        }
    }
}
