package io.github.venicevideo.venice.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection that keeps what it carries to itself: the client's own writes heads and bytes into a log whenever the host's
 * settings of logging say so. The key, and an address that is a {@link SealedAddress secret}, are put in as the head is
 * written, so that nobody above it, whoever listens to the client, ever has them.
 */
final class SecretConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    private final Optional<KeyHeader> key;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Timeout socketTimeout = Timeout.DISABLED;

    SecretConnection(Optional<KeyHeader> key, Http1Config heads) {
        super(heads, null, null, null, null, null, null, new DefaultHttpResponseParserFactory(heads));
        this.key = key;
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        request.removeHeaders(HttpHeaders.AUTHORIZATION);
        if (Method.CONNECT.isSame(request.getMethod())) {
            // A proxy that is asked for a way to the API is not the API.
            super.sendRequestHeader(request);
            return;
        }
        Optional<Header> authorization = key.isEmpty() ? Optional.empty() : key.get().of(request);
        String path = request.getPath();
        try {
            authorization.ifPresent(request::setHeader);
            request.setPath(SealedAddress.open(path));
            super.sendRequestHeader(request);
        } finally {
            request.removeHeaders(HttpHeaders.AUTHORIZATION);
            request.setPath(path);
        }
    }

    /** A call may have been ended while its connection was being opened. */
    @Override
    public void bind(SocketHolder holder) throws IOException {
        if (closed.get()) {
            holder.getSocket().close();
            throw new InterruptedIOException("The connection was closed before it was open");
        }
        super.bind(holder);
        socketTimeout = Timeout.ofMilliseconds(holder.getSocket().getSoTimeout());
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new SocketHolder(socket));
    }

    @Override
    public void bind(SSLSocket tls, Socket socket) throws IOException {
        bind(new SocketHolder(tls, socket));
    }

    @Override
    public Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    public SSLSession getSSLSession() {
        return getSocket() instanceof SSLSocket tls ? tls.getSession() : null;
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        super.setSocketTimeout(timeout);
        socketTimeout = timeout;
    }

    @Override
    public void passivate() {
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
    }

    @Override
    public void activate() {
        super.setSocketTimeout(socketTimeout);
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            super.close();
        }
    }

    @Override
    public void close(CloseMode mode) {
        if (closed.compareAndSet(false, true)) {
            super.close(mode);
        }
    }
}
