package io.github.venicevideo;

import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.api.PollPlan;
import io.github.venicevideo.assembly.Assembly;
import io.github.venicevideo.assembly.HostSettings;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.settings.SettingsCheck;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * Adds the whole bundle to a {@link CamelContext}: the shared beans, and the routes, in their order.
 *
 * <p>A bean that the registry holds already under the same name is left as it is, so that a host can bring its own:
 * {@code veniceClock} ({@link Clock}), {@code venicePollPlan} ({@link PollPlan}), {@code veniceConsentStore}
 * ({@link ConsentStore}).
 */
public final class VeniceVideo {

    private VeniceVideo() {
    }

    /**
     * Adds the bundle, with the context's {@code venice.*} properties as settings.
     *
     * @param context may have routes of its own, and may be started already or later
     * @throws InvalidSettingException when a setting is missing or cannot be used; without {@code venice.api.key} there
     *         is nothing that this program would do for a host
     * @throws IllegalStateException when it is there already
     * @throws Exception when a folder, the ledger or a route file cannot be used; the message says what to do. The context is
     *         left as it was, so that it can be added again with other settings.
     */
    public static void addTo(CamelContext context) throws Exception {
        addTo(context, Map.of());
    }

    /** The same with settings that are laid over the context's properties. */
    public static void addTo(CamelContext context, Map<String, String> settings) throws Exception {
        Settings merged = HostSettings.of(context).with(settings);
        SettingsCheck.of(merged).tell();
        merged.required("venice.api.key");
        // The console's routes are served by the host's own platform-http, to whoever bears the token.
        Assembly.addTo(context, merged, Api.at(merged.required("venice.api.url")), Optional.empty());
    }
}
