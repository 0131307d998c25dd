package io.github.venicevideo.sandbox.wire;

import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.DroppedConnection;
import io.github.venicevideo.sandbox.call.Endpoint;
import io.github.venicevideo.sandbox.call.Exchange;
import io.github.venicevideo.sandbox.call.LoggedRequest;
import io.github.venicevideo.sandbox.call.Reply;
import io.github.venicevideo.sandbox.fault.Fault;
import io.github.venicevideo.sandbox.fault.Faults;
import io.github.venicevideo.sandbox.fault.Hold;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpFilterChain;
import org.apache.hc.core5.http.io.HttpFilterHandler;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port's way from request to answer: judge the head (and, to an {@code Expect: 100-continue}, refuse before the
 * body is sent), take the body to disk, let the {@link Endpoint} answer, and strike with the armed faults in between.
 */
public final class Front implements HttpFilterHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private final Endpoint endpoint;
    private final Spool spool;
    private final Bodies bodies;
    private final Faults faults;
    private final RequestLog log;
    private final Clock clock;
    private final Duration latency;

    public Front(Endpoint endpoint, Spool spool, Bodies bodies, Faults faults, RequestLog log, Clock clock,
          Duration latency) {
        this.endpoint = endpoint;
        this.spool = spool;
        this.bodies = bodies;
        this.faults = faults;
        this.log = log;
        this.clock = clock;
        this.latency = latency;
    }

    @Override
    public void handle(ClassicHttpRequest request, HttpFilterChain.ResponseTrigger answer, HttpContext context,
                       HttpFilterChain chain) throws HttpException, IOException {
        Visit visit = new Visit(request, answer);
        try {
            visit.run();
        } catch (IOException broken) {
            if (!visit.logged) {
                log.add(visit.seen.withStatus(0));
            }
            throw broken;
        }
    }

    /** One request's state underway. */
    private final class Visit {

        private final ClassicHttpRequest request;
        private final HttpFilterChain.ResponseTrigger answer;
        private final boolean expectsContinue;
        private final URI target;
        private LoggedRequest seen;
        private boolean bodyRead;
        private boolean logged;

        Visit(ClassicHttpRequest request, HttpFilterChain.ResponseTrigger answer) {
            this.request = request;
            this.answer = answer;
            this.target = URI.create("http://sandbox" + request.getRequestUri());
            Map<String, String> headers = headers(request);
            this.expectsContinue = "100-continue".equalsIgnoreCase(headers.get("expect"));
            this.seen = new LoggedRequest(clock.instant(), endpoint.callOf(request.getMethod(), target.getPath()),
                    request.getMethod(), request.getRequestUri(), redacted(headers), 0, "",
                    Bodies.Body.NONE.json(), 0);
        }

        void run() throws IOException, HttpException {
            Fault headFault = faults.strike(Fault.Phase.HEAD, seen).orElse(null);
            if (headFault instanceof Fault.CloseBeforeReading) {
                throw new DroppedConnection("closed on demand before the body");
            } else if (headFault instanceof Fault.Wait wait) {
                wait.hold().pass();
            }
            try {
                endpoint.admit(seen.call(), seen.method(), target.getPath(), headers(request), contentLength());
            } catch (ApiError refused) {
                send(refused.reply(), null);
                return;
            }
            if (headFault instanceof Fault.Answer early) {
                send(reply(early), null);
                return;
            }
            if (expectsContinue) {
                answer.sendInformation(new BasicClassicHttpResponse(100));
            }
            if (headFault instanceof Fault.CloseAfterReading close) {
                Spool.skip(request.getEntity().getContent(), close.bytes());
                throw new DroppedConnection("closed on demand within the body");
            }
            withBody();
        }

        private void withBody() throws IOException, HttpException {
            if (request.getEntity() == null) {
                bodyRead = true;
                work(Bodies.Body.NONE);
                return;
            }
            Spool.Spooled spooled = spool.receive(request.getEntity().getContent());
            bodyRead = true;
            try (Bodies.Body body = spooled.whole() ? bodies.read(spooled) : tooLarge()) {
                seen = new LoggedRequest(seen.at(), seen.call(), seen.method(), seen.target(), seen.headers(),
                        spooled.bytes(), spooled.whole() ? spooled.sha256() : "", body.json(), 0);
                work(body);
            } finally {
                Files.deleteIfExists(spooled.file());
            }
        }

        private void work(Bodies.Body body) throws IOException, HttpException {
            Fault fault = faults.strike(Fault.Phase.BODY, seen).orElse(null);
            pause(latency);
            if (fault instanceof Fault.Delay delay) {
                pause(delay.by());
            } else if (fault instanceof Fault.Wait wait && wait.point() == Hold.Point.BEFORE_WORK) {
                wait.hold().pass();
            }
            Reply reply = fault instanceof Fault.Answer instead ? reply(instead) : answer(body);
            if (fault instanceof Fault.AcceptThenAnswer then) {
                reply = reply(then.answer());
            }
            if (fault instanceof Fault.AcceptThenDrop) {
                throw new DroppedConnection("dropped on demand after the work");
            } else if (fault instanceof Fault.Wait wait && wait.point() == Hold.Point.BEFORE_ANSWER) {
                wait.hold().pass();
            }
            Fault endFault = reply.endsJob() ? faults.strike(Fault.Phase.END, seen).orElse(null) : null;
            if (endFault instanceof Fault.Answer instead) {
                send(reply(instead), null);
            } else if (endFault instanceof Fault.Alter alter && reply.isVideo()) {
                send(reply.withBytes(alter.change().apply(Files.readAllBytes(reply.file()))), null);
            } else {
                send(reply, endFault);
            }
        }

        private Reply answer(Bodies.Body body) throws IOException {
            try {
                if (body.syntaxError() != null) {
                    throw body.syntaxError();
                }
                String query = target.getRawQuery() == null ? "" : target.getRawQuery();
                return endpoint.answer(new Exchange(seen.call(), seen.method(), target.getPath(), query,
                        seen.headers(), body.json(), body.media()));
            } catch (ApiError refused) {
                return refused.reply();
            } catch (RuntimeException bug) {
                LOG.error("Sandbox: {} {} failed", seen.method(), target.getPath(), bug);
                return ApiError.plain(500, "The sandbox itself failed: " + bug).reply();
            }
        }

        private void send(Reply reply, Fault whileSending) throws IOException, HttpException {
            HttpEntity unread = request.getEntity();
            boolean cutShort = false;
            if (!bodyRead && unread != null) {
                if (expectsContinue) {
                    // The sender holds its body back: there is nothing to read, and no way to tell from a late one.
                    request.setEntity(null);
                    cutShort = true;
                } else {
                    Spool.drain(unread.getContent());
                }
            }
            Reply labelled = endpoint.label(seen.call(), reply);
            BasicClassicHttpResponse response = new BasicClassicHttpResponse(labelled.status());
            labelled.headers().forEach(response::setHeader);
            if (cutShort) {
                response.setHeader("Connection", "close");
            }
            if (labelled.contentType() != null) {
                response.setEntity(new SentBody(labelled, whileSending));
            }
            // Logged before it is sent: who has the answer finds the request in the log.
            log.add(seen.withStatus(labelled.status()));
            logged = true;
            LOG.debug("Sandbox: {} {} -> {}", seen.method(), target.getPath(), labelled.status());
            answer.submitResponse(response);
        }

        private long contentLength() {
            return request.getEntity() == null ? 0 : request.getEntity().getContentLength();
        }
    }

    private Bodies.Body tooLarge() {
        return new Bodies.Body(Bodies.Body.NONE.json(), List.of(), ApiError.coded(413, "PAYLOAD_TOO_LARGE",
                "The request body exceeds the maximum allowed size of " + spool.limit() / 1_000_000 + " MB."));
    }

    private static Reply reply(Fault.Answer answer) {
        return new Reply(answer.status(), answer.contentType(), answer.body(), null, false, answer.headers());
    }

    private static void pause(Duration real) throws DroppedConnection {
        long until = System.nanoTime() + real.toNanos();
        for (long left = real.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new DroppedConnection("closed while waiting");
            }
        }
    }

    private static Map<String, String> headers(ClassicHttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : request.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    /** Without the key, which shall stand in no log. */
    private static Map<String, String> redacted(Map<String, String> headers) {
        Map<String, String> redacted = new HashMap<>(headers);
        redacted.computeIfPresent("authorization", (name, key) -> "present");
        return Map.copyOf(redacted);
    }
}
