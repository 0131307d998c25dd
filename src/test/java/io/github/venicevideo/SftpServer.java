package io.github.venicevideo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SFTP server on a folder, with one user. */
public final class SftpServer implements AutoCloseable {

    static final String USER = "videos";
    public static final String PASSWORD = "local-password";

    /** One of all servers here: a second of computing to make. */
    private static final KeyPair HOST_KEY = key();

    private final SshServer server;
    private final Brake brake;

    private SftpServer(SshServer server, Brake brake) {
        this.server = server;
        this.brake = brake;
    }

    private static KeyPair key() {
        try {
            return KeyUtils.generateKeyPair(KeyPairProvider.SSH_RSA, 2048);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static SftpServer start(Path folder) throws Exception {
        return start(folder, FreePort.take());
    }

    /** The same on a port that a server had before. */
    public static SftpServer start(Path folder, int port) throws Exception {
        Files.createDirectories(folder);
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(HOST_KEY));
        server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory();
        Brake brake = new Brake();
        sftp.addSftpEventListener(brake);
        server.setSubsystemFactories(List.of(sftp));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        server.start();
        return new SftpServer(server, brake);
    }

    int port() {
        return server.getPort();
    }

    /** A folder on this server. */
    public String endpoint(String path) {
        return "sftp://" + USER + "@127.0.0.1:" + port() + "/" + path + "?password=" + PASSWORD;
    }

    /**
     * Stops in the middle of a file, until it is released.
     *
     * @param name of the file
     * @param bytes so many of it are still sent
     */
    public void brake(String name, long bytes) {
        brake.name = name;
        brake.from = bytes;
    }

    /** Waits until it has stopped in the middle. */
    public boolean awaitBraked(Duration atMost) throws InterruptedException {
        return brake.braked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets all files through from now on. */
    public void release() {
        brake.released.countDown();
    }

    /** Makes a key for its user, in a file, and takes it from then on. */
    Path userKey(Path file) throws Exception {
        KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_RSA, 2048);
        server.setPublickeyAuthenticator((user, key, session) -> user.equals(USER) && KeyUtils.compareKeys(key, pair.getPublic()));
        return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
    }

    /** Its line for a file of known hosts. */
    String knownHost() {
        return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(HOST_KEY.getPublic());
    }

    @Override
    public void close() throws IOException {
        release();
        server.stop(true);
    }

    private static final class Brake implements SftpEventListener {

        private static final long LONGEST_S = 60;

        private final CountDownLatch braked = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile String name = "";
        private volatile long from;

        @Override
        public void reading(ServerSession session, String remoteHandle, FileHandle handle, long offset, byte[] data,
                int dataOffset, int dataLength) throws IOException {
            if (offset >= from && handle.getFile().getFileName().toString().equals(name)) {
                braked.countDown();
                try {
                    released.await(LONGEST_S, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
            }
        }
    }
}
