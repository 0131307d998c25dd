package io.github.venicevideo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;

/** A client whose answers name the version of each object, as those of a bucket that keeps versions do. */
final class VersionedAnswers extends DelegatingS3Client {

    private final Map<String, Integer> puts = new ConcurrentHashMap<>();
    private final IntFunction<String> names;

    VersionedAnswers(S3Client client) {
        this(client, put -> "v" + put);
    }

    /** @param names what the content of a key is called, by how many came before it */
    VersionedAnswers(S3Client client, IntFunction<String> names) {
        super(client);
        this.names = names;
    }

    /** The next content of a key has come. */
    void put(String key) {
        puts.merge(key, 1, Integer::sum);
    }

    @Override
    protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
        R answer = operation.apply(request);
        String key = request.getValueForField("Key", String.class).orElse("");
        return versioned(answer, names.apply(puts.getOrDefault(key, 0)));
    }

    @SuppressWarnings("unchecked")
    private static <R> R versioned(R answer, String version) {
        if (answer instanceof HeadObjectResponse head) {
            return (R) head.toBuilder().versionId(version).build();
        }
        return answer instanceof GetObjectResponse got ? (R) got.toBuilder().versionId(version).build() : answer;
    }
}
