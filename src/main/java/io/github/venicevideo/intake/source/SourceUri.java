package io.github.venicevideo.intake.source;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;
import org.apache.camel.util.URISupport;

/**
 * The endpoint of a source.
 *
 * @param source whose endpoint it is
 * @param options as the URI names them
 */
record SourceUri(Source source, Map<String, Object> options) {

    private static final String DELAY = "5000";
    private static final String MOST_FILES = "100";
    private static final Pattern QUEUE = Pattern.compile("(?i:jms):(//)?(queue:|(?!topic:|temp-queue:|temp-topic:))[^?]");
    private static final Map<String, String> ACKNOWLEDGED_LATE = Map.of("transacted", "true",
            "lazyCreateTransactionManager", "false", "asyncConsumer", "false", "disableReplyTo", "true",
            "exchangePattern", "InOnly", "mapJmsMessage", "false", "asyncStartListener", "true",
            "testConnectionOnStartup", "false");
    private static final Set<String> MESSAGES_OWN = Set.of("transactionManager", "acknowledgementModeName",
            "acknowledgementMode", "replyTo");
    private static final Map<String, String> COMMITTED_LATE = Map.of("autoCommitEnable", "false", "allowManualCommit", "true",
            "batching", "false", "breakOnFirstError", "false", "bridgeErrorHandler", "false", "pollOnError", "RETRY",
            "maxPollRecords", "1");
    private static final Set<String> RECORDS_OWN = Set.of("kafkaManualCommitFactory", "kafkaClientFactory",
            "offsetRepository", "exceptionHandler", "keyDeserializer", "valueDeserializer", "seekTo");
    private static final Set<String> AFTER = Set.of("delete", "move", "noop");

    /** @throws InvalidSettingException when the URI's options cannot be read */
    static SourceUri of(Source source) {
        try {
            int query = source.uri().indexOf('?');
            return new SourceUri(source, query < 0 ? Map.of() : URISupport.parseQuery(source.uri().substring(query + 1)));
        } catch (URISyntaxException e) {
            throw new InvalidSettingException("venice.drop.sources." + source.name(), source.scheme() + ":…",
                    "a URI whose options can be read");
        }
    }

    /** Milliseconds between two looks into it. */
    long delay() {
        return TimeUtils.toMilliSeconds(String.valueOf(options.getOrDefault("delay", DELAY)));
    }

    /**
     * The URI for a consumer of remote files: streamed, whole bytes, seen by our filter and our watch, and deleted once they
     * are recorded. An option that the URI names is left as it is. A secret.
     *
     * @param polls the name of the poll strategy's bean
     * @param listings the name of the bean that bounds what an FTP server lists
     * @throws InvalidSettingException when an option would change bytes, or write files under names that a server chooses
     */
    String remoteFiles(String polls, String listings) {
        Map<String, String> wanted = new LinkedHashMap<>();
        refuse(Map.of("binary", "true"), Set.of("localWorkDirectory"), "since files are fetched byte for byte into a folder of"
                + " this program's own");
        if (!source.scheme().equals("sftp")) {
            wanted.put("ftpClient.parserFactory", "#" + listings);
        }
        // A server may list a folder in itself.
        wanted.put("maxDepth", String.valueOf(ReadLimits.DEPTH));
        wanted.put("maxMessagesPerPoll", MOST_FILES);
        wanted.put("streamDownload", "true");
        wanted.put("stepwise", "false");
        wanted.put("binary", "true");
        wanted.put("throwExceptionOnConnectFailed", "true");
        wanted.put("filter", "#veniceSourceFiles");
        wanted.put("pollStrategy", "#" + polls);
        wanted.put("delay", DELAY);
        if (AFTER.stream().noneMatch(options::containsKey)) {
            wanted.put("delete", "true");
        }
        if (says("noop", true) || says("idempotent", true)) {
            // By its name alone, a file that is overwritten would be passed over.
            wanted.put("idempotentKey", "${file:name}-${file:size}-${file:modified}");
        }
        return with(wanted);
    }

    /**
     * The URI for a consumer of a broker's queue: a message is committed, in a transaction of its session, when its exchange has
     * come through, and never answered. An option that the URI names is left as it is, unless it says otherwise. A secret.
     *
     * @param listeners the name of the bean that makes its listener
     * @throws InvalidSettingException when it is no queue, or an option would have messages acknowledged too early
     */
    String messages(String listeners) {
        if (!QUEUE.matcher(source.uri()).lookingAt()) {
            throw refused("jms:queue:NAME, since a topic keeps nothing for a program that is down");
        }
        Map<String, String> needed = new LinkedHashMap<>(ACKNOWLEDGED_LATE);
        needed.put("messageListenerContainerFactory", "#" + listeners);
        needed.put("consumerType", "Custom");
        refuse(needed, MESSAGES_OWN, "since a message is acknowledged only when its job is recorded");
        needed.put("cacheLevelName", "CACHE_CONSUMER");
        needed.put("errorHandlerLogStackTrace", "false");
        // A stop that waited for the listener first would never tell the error handler to let go of a message that is held.
        needed.put("asyncStopListener", "true");
        return with(needed);
    }

    /**
     * The URI for a consumer of a Kafka topic: nothing is committed but by the route, a new group begins with what
     * lies there already, and what a producer took back is not read. An option that the URI names is left as it is, unless it
     * says otherwise about the first. A secret.
     *
     * @param scheme of the component that this source is read with
     * @throws InvalidSettingException when an option would have records committed too early, or passed over
     */
    String records(String scheme) {
        Map<String, String> needed = new LinkedHashMap<>(COMMITTED_LATE);
        refuse(needed, RECORDS_OWN, "since a record is committed only when its job is recorded");
        needed.put("autoOffsetReset", "earliest");
        needed.put("isolationLevel", "read_committed");
        needed.put("pollTimeoutMs", "1000");
        needed.put("shutdownTimeout", "5000");
        // A name that cannot be looked up now must not keep the program from starting.
        needed.put("preValidateHostAndPort", "false");
        return scheme + with(needed).substring(source.scheme().length());
    }

    private void refuse(Map<String, String> needed, Set<String> own, String reason) {
        needed.forEach((option, value) -> {
            if (options.containsKey(option) && !String.valueOf(options.get(option)).equalsIgnoreCase(value)) {
                throw refused("no option " + option + " other than " + value + ", " + reason);
            }
        });
        own.stream().filter(options::containsKey).findFirst().ifPresent(option -> {
            throw refused("no option " + option + ", " + reason);
        });
    }

    private boolean says(String option, boolean value) {
        return String.valueOf(value).equalsIgnoreCase(String.valueOf(options.get(option)));
    }

    /** Whether it does not say this, or says nothing. */
    boolean isWithout(String option) {
        return String.valueOf(options.getOrDefault(option, "")).isBlank();
    }

    /** What is wrong, without the URI. */
    InvalidSettingException refused(String allowed) {
        return new InvalidSettingException("venice.drop.sources." + source.name(), source.scheme() + ":…", allowed);
    }

    private String with(Map<String, String> wanted) {
        StringBuilder uri = new StringBuilder(source.uri());
        Stream<Map.Entry<String, String>> added = wanted.entrySet().stream()
                .filter(option -> !options.containsKey(option.getKey()));
        added.forEach(option -> uri.append(uri.indexOf("?") < 0 ? '?' : '&').append(option.getKey()).append('=')
                .append(option.getValue()));
        return uri.toString();
    }
}
