package io.github.venicevideo;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/** A client of a store that has rules of its own for requests: it refuses some, or is sent them as others. */
final class RuledRequests extends DelegatingS3Client {

    private final UnaryOperator<S3Request> rule;

    RuledRequests(S3Client client, UnaryOperator<S3Request> rule) {
        super(client);
        this.rule = rule;
    }

    @Override
    @SuppressWarnings("unchecked")
    protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
        return operation.apply((T) rule.apply(request));
    }
}
