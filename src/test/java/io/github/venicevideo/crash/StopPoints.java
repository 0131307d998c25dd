package io.github.venicevideo.crash;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.OwnFiles;
import io.github.venicevideo.intake.Entrance;
import io.github.venicevideo.intake.Reading;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.NewJob;
import io.github.venicevideo.ledger.work.Exchanges;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Lets an exchange come to a step of a route and no further: says {@code AT before:step@bundle}, and stays there until
 * the process is killed. A bundle is named by its own name or its caller's reference; {@code *} stands for any.
 */
final class StopPoints implements InterceptStrategy {

    /** What a line starts with that says that a point was reached. */
    static final String AT = "AT ";

    /** What a line starts with that says that a step was reached for the first time. */
    static final String STEP = "STEP ";

    private final Set<String> armed = ConcurrentHashMap.newKeySet();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    StopPoints(Collection<String> points) {
        armed.addAll(points);
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode step, Processor target,
            Processor next) {
        String id = step.getId();
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (seen.add(id)) {
                    say(STEP + id);
                }
                pass("before:" + id, exchange);
                return super.process(exchange, doneSync -> {
                    pass("after:" + id, exchange);
                    callback.done(doneSync);
                });
            }
        };
    }

    private void pass(String where, Exchange exchange) {
        if (armed.isEmpty()) {
            return;
        }
        Set<String> names = names(exchange);
        names.add("*");
        for (String name : names) {
            String point = where + "@" + name;
            if (armed.remove(point)) {
                say(AT + point);
                stayForEver();
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void stayForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<String> names(Exchange exchange) {
        Set<String> names = new HashSet<>();
        Object body = exchange.getMessage().getBody() instanceof Optional<?> found ? found.orElse(null) : exchange.getMessage().getBody();
        if (exchange.getProperty(Exchanges.JOB) instanceof Job job) {
            add(job, names);
        } else if (body instanceof List<?> recorded && !recorded.isEmpty() && recorded.get(0) instanceof Job job) {
            add(job, names);
        } else if (body instanceof Claim claim) {
            names.add(claim.bundle());
            claim.reference().ifPresent(names::add);
        } else if (body instanceof Reading reading) {
            reading.known().ifPresent(job -> add(job, names));
            for (NewJob job : reading.jobs()) {
                names.add(job.bundle());
                job.reference().ifPresent(names::add);
            }
        }
        Optional.ofNullable(exchange.getMessage().getHeader(Entrance.REFERENCE, String.class)).ifPresent(names::add);
        Optional.ofNullable(exchange.getProperty("veniceBucketBundle")).ifPresent(bundle -> names.add(bundle.toString()));
        Optional.ofNullable(exchange.getProperty("veniceTopicRecord")).ifPresent(record -> names.add(record.toString()));
        if (body instanceof Path answer && answer.endsWith(OwnFiles.ANSWER)) {
            names.add(answer.getParent().getFileName().toString());
        }
        // What a source brings, and what settled in a drop folder.
        Optional.ofNullable(body).map(Object::toString).ifPresent(names::add);
        Optional.ofNullable(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class))
                .ifPresent(file -> names.add(Path.of(file).getName(0).toString()));
        return names;
    }

    private static void add(Job job, Set<String> names) {
        names.add(job.bundle());
        job.reference().ifPresent(names::add);
    }
}
