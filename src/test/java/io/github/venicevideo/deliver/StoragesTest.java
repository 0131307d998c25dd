package io.github.venicevideo.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.S3Server;
import io.github.venicevideo.ledger.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StoragesTest {

    /** Which of two endpoints a send then took would be chance, and only one of them may know what is expected. */
    @Test
    @Timeout(180)
    void twoWorkersThatNeedADestinationForTheFirstTimeMakeOneEndpoint(@TempDir Path folder) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent("file", new SlowlyMade(together));
            context.start();
            Target target = new Target("team", "file:" + folder, "gondola");
            Storages storages = new Storages(context, new Ledger(folder, Clock.systemUTC()));
            ExecutorService workers = Executors.newFixedThreadPool(2);
            try {
                Future<Endpoint> one = workers.submit(() -> storages.endpoint(target));
                Future<Endpoint> other = workers.submit(() -> storages.endpoint(target));

                assertThat(one.get(20, TimeUnit.SECONDS)).isSameAs(other.get(20, TimeUnit.SECONDS))
                        .isSameAs(context.getEndpoint(target.uri()));
            } finally {
                workers.shutdownNow();
            }
        }
    }

    /** A job that waited for a bucket is taken up while the context is still starting, which puts endpoints off, for ever at times. */
    @Test
    @Timeout(180)
    void aBucketHasItsClientAlsoBeforeTheContextIsStarted(@TempDir Path folder) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                S3Server server = S3Server.start(folder.resolve("s3")).bucket("archive")) {
            Storages storages = new Storages(context, new Ledger(folder, Clock.systemUTC()));

            Endpoint endpoint = storages.endpoint(new Target("archive", server.endpoint("archive", S3Server.SECRET), "gondola"));

            assertThat(((AWS2S3Endpoint) endpoint).getS3Client()).isNotNull();
        }
    }

    /** Makes no endpoint before another thread makes one too, or clearly does not. */
    private static final class SlowlyMade extends FileComponent {

        private final CyclicBarrier together;

        SlowlyMade(CyclicBarrier together) {
            this.together = together;
        }

        @Override
        protected GenericFileEndpoint<java.io.File> buildFileEndpoint(String uri, String remaining,
                Map<String, Object> parameters) throws Exception {
            try {
                together.await(1, TimeUnit.SECONDS);
            } catch (TimeoutException | BrokenBarrierException e) {
                return super.buildFileEndpoint(uri, remaining, parameters);
            }
            return super.buildFileEndpoint(uri, remaining, parameters);
        }
    }
}
