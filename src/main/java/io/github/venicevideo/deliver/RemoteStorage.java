package io.github.venicevideo.deliver;

import io.github.venicevideo.venice.endpoint.Locations;
import java.io.IOException;
import java.util.function.Function;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.commons.net.ftp.FTPFile;

/**
 * A destination on an FTP, FTPS or SFTP server: it is asked how long the files are that it holds, which does not tell that their bytes
 * are the same. These protocols have nothing that only one of two programs can do: docs/integrators.md says what keeps them apart.
 */
final class RemoteStorage implements Storage {

    private static final long MISSING = -1;

    private final RemoteFileEndpoint<?> endpoint;
    private final boolean begun;

    /**
     * A server.
     *
     * @param begun whether this job has written there before: nothing tells then whose a file of its name is
     */
    RemoteStorage(RemoteFileEndpoint<?> endpoint, boolean begun) {
        this.endpoint = endpoint;
        this.begun = begun;
    }

    @Override
    public boolean isTaken(FileNames names) throws IOException {
        return !begun && ask(operations -> names.all().stream().anyMatch(name -> operations.existsFile(path(name))));
    }

    @Override
    public void verify(Item item) throws IOException {
        long length = ask(operations -> length(operations, path(item.name())));
        if (length != item.bytes()) {
            throw new IOException(location(item.name()) + " has " + (length == MISSING ? "no" : length)
                    + " bytes instead of " + item.bytes() + ". It is delivered again.");
        }
    }

    @Override
    public String location(String name) {
        return Locations.of(endpoint.getEndpointUri()) + "/" + name;
    }

    private <T> T ask(Function<RemoteFileOperations<?>, T> question) throws IOException {
        try {
            RemoteFileOperations<?> operations = endpoint.createRemoteFileOperations();
            try {
                operations.connect(endpoint.getConfiguration(), endpoint.createExchange());
                return question.apply(operations);
            } finally {
                operations.disconnect();
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static long length(RemoteFileOperations<?> operations, String path) {
        if (!operations.existsFile(path)) {
            return MISSING;
        }
        int slash = path.lastIndexOf('/');
        for (Object file : operations.listFiles(slash < 0 ? "." : path.substring(0, slash))) {
            String name = file instanceof SftpRemoteFile<?> sftp ? sftp.getFilename() : ((FTPFile) file).getName();
            if (name.equals(path.substring(slash + 1))) {
                return file instanceof SftpRemoteFile<?> sftp ? sftp.getFileLength() : ((FTPFile) file).getSize();
            }
        }
        return MISSING;
    }

    private String path(String name) {
        String directory = endpoint.getConfiguration().getDirectory();
        return directory == null || directory.isEmpty() ? name : directory + "/" + name;
    }
}
