package io.github.venicevideo.intake;

import java.util.Map;
import java.util.Set;

/**
 * What a source's component is like.
 *
 * @param schemes the components of this kind
 * @param decidedBy options with which a URI says itself how what it brings is acknowledged
 * @param acknowledging options that are added when it does not
 * @param reading options that are added, each unless the URI names it
 * @param retriesHere whether a step that fails is tried again here, since giving a message back to its broker would
 *         wear out its deliveries
 */
record SourceKind(Set<String> schemes, Set<String> decidedBy, Map<String, String> acknowledging,
                  Map<String, String> reading, boolean retriesHere) {

    private static final String WATCHED = "#veniceSourcePolls";

    /** Buckets; looked into by ourselves, with the endpoint's own client. */
    static final SourceKind BUCKET = new SourceKind(Set.of("aws2-s3"), Set.of(), Map.of(), Map.of(), false);

    private static final SourceKind REMOTE_FILES = new SourceKind(Set.of("sftp", "ftp", "ftps"),
            Set.of("delete", "move", "noop"), Map.of("delete", "true"),
            Map.of("streamDownload", "true", "stepwise", "false", "filter", "#veniceSourceFiles", "pollStrategy", WATCHED),
            false);
    private static final SourceKind FILES = new SourceKind(Set.of("file"), Set.of("delete", "move", "noop"),
            Map.of("delete", "true"), Map.of("filter", "#veniceSourceFiles", "pollStrategy", WATCHED), false);
    private static final SourceKind JMS = new SourceKind(Set.of("jms", "activemq", "activemq6", "amqp"),
            Set.of("transacted", "acknowledgementModeName", "transactionManager"),
            Map.of("transacted", "true", "lazyCreateTransactionManager", "false"), Map.of("disableReplyTo", "true"), true);
    private static final SourceKind OTHER = new SourceKind(Set.of(), Set.of(), Map.of(), Map.of(), true);

    static SourceKind of(String scheme) {
        return Set.of(BUCKET, REMOTE_FILES, FILES, JMS).stream().filter(kind -> kind.schemes.contains(scheme))
                .findFirst().orElse(OTHER);
    }
}
