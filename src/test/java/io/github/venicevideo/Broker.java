package io.github.venicevideo;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A broker on this machine, whose queue is {@code bundles} where no other is named, and what a sender does. */
public final class Broker implements AutoCloseable {

    public static final String QUEUE = "bundles";

    private final String address;
    private final EmbeddedActiveMQ server;

    private Broker(String address, EmbeddedActiveMQ server) {
        this.address = address;
        this.server = server;
    }

    public static Broker start() throws Exception {
        return start(freeAddress());
    }

    public static Broker start(String address) throws Exception {
        EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false).setSecurityEnabled(false).addAcceptorConfiguration("tcp", address));
        server.start();
        return new Broker(address, server);
    }

    /** Where no broker is yet. */
    public static String freeAddress() throws IOException {
        return "tcp://127.0.0.1:" + FreePort.take();
    }

    public String address() {
        return address;
    }

    /** The endpoint of its queue for a program that has nothing but settings. */
    public static String endpoint(String address) {
        return endpoint(address, QUEUE);
    }

    /** The same for a queue of another name. */
    public static String endpoint(String address, String queue) {
        return "jms:queue:" + queue + "?recoveryInterval=100&receiveTimeout=100&connectionFactory=#class:"
                + ActiveMQConnectionFactory.class.getName() + "('" + address + "')";
    }

    /** Sends a text with these properties. */
    public void send(String text, Map<String, String> properties) throws Exception {
        send(context -> context.createTextMessage(text), properties);
    }

    public void send(byte[] content, Map<String, String> properties) throws Exception {
        send(context -> {
            BytesMessage message = context.createBytesMessage();
            try {
                message.writeBytes(content);
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
            return message;
        }, properties);
    }

    public void send(Function<JMSContext, Message> message, Map<String, String> properties) throws Exception {
        send(QUEUE, message, properties);
    }

    /** Sends to a queue of another name. */
    public void send(String queue, Function<JMSContext, Message> message, Map<String, String> properties) throws Exception {
        try (ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(address);
                JMSContext context = connections.createContext()) {
            JMSProducer producer = context.createProducer();
            properties.forEach(producer::setProperty);
            producer.send(context.createQueue(queue), message.apply(context));
        }
    }

    /** How many messages its queue still holds, also those that a consumer has in hand. */
    public long held() {
        return held(QUEUE);
    }

    public long held(String queue) {
        return server.getActiveMQServer().locateQueue(queue).getMessageCount();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The broker did not stop", e);
        }
    }
}
