package io.github.venicevideo.console;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the program's own console listens.
 *
 * @param host name or address to bind
 * @param port 0: any that is free
 */
public record ConsoleAddress(String host, int port) {

    private static final int MAX_PORT = 65_535;

    /**
     * The address that the settings name.
     *
     * @return empty when {@code venice.console.port} is empty or {@code off}
     * @throws InvalidSettingException when it cannot be used, or is open to others without a token
     */
    public static Optional<ConsoleAddress> of(Settings settings) {
        Optional<String> port = settings.text("venice.console.port")
                .filter(value -> !value.toLowerCase(Locale.ROOT).equals("off"));
        if (port.isEmpty()) {
            return Optional.empty();
        }
        ConsoleAddress address = new ConsoleAddress(settings.required("venice.console.host"),
                number(port.get()));
        if (!address.isLoopback() && ConsoleToken.of(settings).isEmpty()) {
            throw new InvalidSettingException("venice.console.token", "", "a secret of at least " + ConsoleToken.SHORTEST
                    + " characters, since venice.console.host=" + address.host + " lets other machines in");
        }
        return Optional.of(address);
    }

    /** The same address, with any free port when somebody listens on its own. */
    public ConsoleAddress orAnyFreePort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
            return this;
        } catch (IOException e) {
            return new ConsoleAddress(host, 0);
        }
    }

    /** Whether only this machine can reach it. */
    boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new InvalidSettingException("venice.console.host", host, "an address of this machine, such as 127.0.0.1"
                    + " or 0.0.0.0", e);
        }
    }

    private static int number(String port) {
        try {
            int number = Integer.parseInt(port);
            if (number >= 0 && number <= MAX_PORT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with what is allowed
        }
        throw new InvalidSettingException("venice.console.port", port, "a port from 1 to 65535, 0 for any free one, or off");
    }
}
