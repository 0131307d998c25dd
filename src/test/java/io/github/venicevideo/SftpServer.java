package io.github.venicevideo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SFTP server on a folder, with one user. */
final class SftpServer implements AutoCloseable {

    static final String USER = "videos";
    static final String PASSWORD = "local-password";

    private final SshServer server;
    private final PublicKey hostKey;

    private SftpServer(SshServer server, PublicKey hostKey) {
        this.server = server;
        this.hostKey = hostKey;
    }

    static SftpServer start(Path folder) throws Exception {
        return start(folder, 0);
    }

    /** The same on a port that a server had before. */
    static SftpServer start(Path folder, int port) throws Exception {
        Files.createDirectories(folder);
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm(KeyUtils.RSA_ALGORITHM);
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        server.start();
        return new SftpServer(server, keys.loadKeys(null).iterator().next().getPublic());
    }

    int port() {
        return server.getPort();
    }

    /** A folder on this server. */
    String endpoint(String path) {
        return "sftp://" + USER + "@127.0.0.1:" + port() + "/" + path + "?password=" + PASSWORD;
    }

    /** Its line for a file of known hosts. */
    String knownHost() {
        return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(hostKey);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
