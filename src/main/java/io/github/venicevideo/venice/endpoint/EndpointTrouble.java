package io.github.venicevideo.venice.endpoint;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in a sentence why an endpoint that is configured fails, and what to do: names the setting and the bucket, and no secret. */
public final class EndpointTrouble {

    private static final int LONGEST = 300;

    private EndpointTrouble() {
    }

    /** Why something could not be sent to an endpoint. */
    public static String sending(String setting, String uri, Throwable exception) {
        return Secrets.hide(known(causes(exception), uri, setting).orElseGet(() -> other(causes(exception), where(uri))), uri);
    }

    /** Why an endpoint cannot be used. */
    public static String using(String setting, String uri, Throwable exception) {
        return known(causes(exception), uri, setting).map(said -> Secrets.hide(said, uri))
                .orElseGet(() -> Sentences.of(exception, uri));
    }

    private static Optional<String> known(List<Throwable> causes, String uri, String setting) {
        String where = where(uri);
        return first(causes, S3Exception.class).map(e -> s3(e, where, setting, uri))
                .or(() -> credentials(causes, where, setting))
                .or(() -> login(causes, where, setting))
                .or(() -> unreachable(causes, where));
    }

    private static String where(String uri) {
        return Locations.of(uri).replaceFirst("^aws2-s3://", "bucket ").replaceFirst("\\?.*", "");
    }

    private static String s3(S3Exception e, String where, String setting, String uri) {
        String code = e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null ? ""
                : " " + e.awsErrorDetails().errorCode();
        String status = "HTTP " + e.statusCode() + code;
        return switch (e.statusCode()) {
            case 401, 403 -> "The store refuses the credentials for " + where + " (" + status + "). Check accessKey and secretKey,"
                    + " or the profile or role, of " + setting + ", and that they may list, read and write this bucket.";
            case 404 -> code.contains("NoSuchUpload")
                    ? "The store no longer knows the upload to " + where + " (" + status + "). It is begun anew."
                    : "There is no " + where + " at the store (" + status + "). Make it, or mend " + setting + ".";
            case 400 -> code.contains("EntityTooSmall")
                    ? "The parts of uploads to " + where + " are too small (" + status + "). Set partSize of " + setting
                            + " to 5242880 (5 MB) or more."
                    : misled(where, status, setting);
            case 301, 307 -> misled(where, status, setting);
            case 409, 412 -> "Somebody else has just stored an object of that name in " + where + " (" + status
                    + "). It is not overwritten; another name is taken.";
            case 501 -> "The store does not know a request for " + where + " (" + status + "). "
                    + (uri.contains("conditionalWritesEnabled=false")
                    ? "Its checksum is left out from now on; if that does not help, take out of " + setting
                            + " what the store does not know, such as storageClass, objectTags or an encryption."
                    : "Its checksum is left out from now on; if that does not help, and the store cannot do conditional writes, set"
                            + " conditionalWritesEnabled=false in " + setting + ".");
            default -> "The store cannot take anything for " + where + " now (" + status + ").";
        };
    }

    private static String misled(String where, String status, String setting) {
        return "The store does not take requests for " + where + " as they are (" + status
                + "). Check region, uriEndpointOverride and forcePathStyle of " + setting + ".";
    }

    private static Optional<String> credentials(List<Throwable> causes, String where, String setting) {
        return causes.stream().filter(EndpointTrouble::isAboutCredentials).findFirst().map(cause ->
                "No credentials or no region are found for " + where + ". Set accessKey, secretKey and region in "
                        + setting + ", or give this program a profile or role and say so there"
                        + " (useDefaultCredentialsProvider=true, or useProfileCredentialsProvider=true&profileCredentialsName=…).");
    }

    private static boolean isAboutCredentials(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof SdkClientException
                && (message.contains("credentials") || message.contains("profile") || message.contains("region"))
                || cause instanceof IllegalArgumentException && message.contains("accesskey and secretkey must be specified");
    }

    private static Optional<String> login(List<Throwable> causes, String where, String setting) {
        return causes.stream().map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
                .filter(message -> message.contains("auth fail") || message.contains("auth cancel")
                        || message.contains("cannot login") || message.contains("login failed")
                        || message.contains("code: 530") || message.contains("unknownhostkey")
                        || message.contains("reject hostkey") || message.contains("hostkey"))
                .findFirst()
                .map(message -> message.contains("hostkey")
                        ? "The server's host key is not the one that is known for " + where + ". Check knownHostsFile of " + setting + "."
                        : "The server refuses the login for " + where + ". Check the user name and the password or key of "
                                + setting + ".");
    }

    private static Optional<String> unreachable(List<Throwable> causes, String where) {
        return causes.stream()
                .filter(cause -> cause instanceof ConnectException || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException || cause instanceof SocketTimeoutException
                        || String.valueOf(cause.getMessage()).contains("Cannot connect to"))
                .reduce((outer, inner) -> inner)
                .map(cause -> "The server of " + where + " cannot be reached (" + name(cause) + ": " + line(cause) + ").");
    }

    private static String other(List<Throwable> causes, String where) {
        Throwable root = causes.get(causes.size() - 1);
        if (root instanceof AccessDeniedException) {
            return "This program may not write there: " + line(root) + ". Give its user the right to.";
        }
        if (root instanceof NoSuchFileException) {
            return "A file is missing: " + line(root) + ".";
        }
        return "Sending to " + where + " failed: " + name(root) + ": " + line(root);
    }

    private static String name(Throwable cause) {
        return cause.getClass().getSimpleName();
    }

    private static String line(Throwable cause) {
        String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static List<Throwable> causes(Throwable exception) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = exception; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
