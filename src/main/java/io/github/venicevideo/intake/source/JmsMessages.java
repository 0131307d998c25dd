package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.intake.Entrance;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.commons.codec.digest.DigestUtils;

/** Reads JMS messages. Only loaded where there is a source of them, since their jars are not packaged. */
final class JmsMessages {

    private static final int BUFFER = 64 * 1024;

    private JmsMessages() {
    }

    /**
     * What a consumer brought, with the reference that its sender or else its broker gave it; where neither did, its content is
     * its reference.
     *
     * @throws MessageLostException when it cannot be read
     */
    static SourceMessage read(Source source, Exchange exchange) throws MessageLostException {
        Message message = exchange.getMessage().getBody(Message.class);
        try {
            Optional<String> given = Optional.ofNullable(message.getStringProperty(Entrance.REFERENCE))
                    .or(() -> Optional.ofNullable(id(message)));
            String known = given.isPresent() ? GivenReference.of(given.get()) : digest(message);
            String reference = "source:" + source.name() + ":" + known;
            return new SourceMessage(source.name(), reference, file -> write(message, reference, file));
        } catch (JMSException | IOException e) {
            throw new MessageLostException("of the source " + source, e);
        }
    }

    private static String id(Message message) {
        try {
            return message.getJMSMessageID();
        } catch (JMSException e) {
            return null;
        }
    }

    private static String digest(Message message) throws JMSException, IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            copy(message, out);
        }
        return GivenReference.of(digest);
    }

    private static void write(Message message, String reference, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            copy(message, out);
        } catch (JMSException e) {
            throw new MessageLostException(reference, e);
        }
        DurableFiles.syncFile(file);
    }

    /** What is neither text nor bytes is said to be that, in words that are no request: an object is never unpacked. */
    private static void copy(Message message, OutputStream out) throws JMSException, IOException {
        if (message instanceof BytesMessage bytes) {
            bytes.reset();
            byte[] buffer = new byte[BUFFER];
            for (int read = bytes.readBytes(buffer); read > 0; read = bytes.readBytes(buffer)) {
                out.write(buffer, 0, read);
            }
        } else {
            String text = message instanceof TextMessage words ? Optional.ofNullable(words.getText()).orElse("")
                    : "This message was neither text nor bytes";
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
