package io.github.venicevideo.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Options that a destination's endpoint gets unless its URI says otherwise: files appear whole, under a temporary name
 * until they are; objects are not overwritten, and large ones go in parts.
 */
final class DestinationDefaults {

    private static final Set<String> FILES = Set.of("file", "ftp", "ftps", "sftp");

    private static final Pattern URI_SAYS_TEXT = Pattern.compile("[?&]binary=(?!(?i:true)(&|$))");
    /** Where nothing else is asked for, they are sent files as text, with other line ends. */
    private static final Set<String> SERVERS_OF_TEXT = Set.of("ftp", "ftps");

    private DestinationDefaults() {
    }

    static String complete(String uri) {
        Map<String, String> options = new LinkedHashMap<>();
        String scheme = uri.substring(0, Math.max(0, uri.indexOf(':')));
        if (FILES.contains(scheme)) {
            if (!has(uri, "tempFileName")) {
                options.put("tempPrefix", ".part-");
            }
            options.put("eagerDeleteTargetFile", "false");
        }
        if (scheme.equals("file")) {
            // Otherwise Camel deletes what it replaces first, and for a moment another program could take the name.
            options.put("fileExist", "TryRename");
        }
        if (SERVERS_OF_TEXT.contains(scheme)) {
            options.put("binary", "true");
        }
        if (scheme.equals("aws2-s3")) {
            options.put("conditionalWritesEnabled", "true");
            options.put("multiPartUpload", "true");
        }
        StringBuilder completed = new StringBuilder(uri);
        options.forEach((key, value) -> {
            if (!has(uri, key)) {
                completed.append(completed.indexOf("?") < 0 ? '?' : '&').append(key).append('=').append(value);
            }
        });
        return completed.toString();
    }

    /** Whether it says what is to become of a folder's files that are there already. */
    static boolean hasFileExist(String uri) {
        return uri.startsWith("file:") && has(uri, "fileExist");
    }

    /** Whether it would have a server change what a video's bytes are. */
    static boolean changesBytes(String uri) {
        return SERVERS_OF_TEXT.contains(uri.substring(0, Math.max(0, uri.indexOf(':')))) && URI_SAYS_TEXT.matcher(uri).find();
    }

    private static boolean has(String uri, String option) {
        return uri.contains("?" + option + "=") || uri.contains("&" + option + "=");
    }
}
