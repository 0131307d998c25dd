package io.github.venicevideo.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.venicevideo.Station;
import io.github.venicevideo.VeniceVideo;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.sandbox.call.Call;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.spi.PropertiesSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a setting is has one answer, in Java as in the routes, wherever it was set. */
@Timeout(180)
@Isolated("sets properties that every host would go by")
class HostSettingsTest {

    @TempDir
    private Path folder;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> system = new HashMap<>();
    private final Map<String, String> given = new HashMap<>();

    /** Weakest first. */
    private enum Place {
        PACKAGED {
            @Override
            void set(HostSettingsTest test, String key, String value) {
                // it is there
            }
        },
        HOST_SOURCE_THAT_LISTS_NOTHING {
            @Override
            void set(HostSettingsTest test, String key, String value) {
                test.context.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
                    @Override
                    public String getName() {
                        return "closed";
                    }

                    @Override
                    public String getProperty(String name) {
                        return name.equals(key) ? value : null;
                    }
                });
            }
        },
        HOST_INITIAL_PROPERTY {
            @Override
            void set(HostSettingsTest test, String key, String value) {
                test.context.getPropertiesComponent().addInitialProperty(key, value);
            }
        },
        FILE {
            @Override
            void set(HostSettingsTest test, String key, String value) throws Exception {
                Path file = Files.writeString(test.folder.resolve("host.properties"), key + "=" + value);
                test.context.getPropertiesComponent().addLocation("file:" + file);
            }
        },
        HOST_PROPERTY {
            @Override
            void set(HostSettingsTest test, String key, String value) {
                test.context.getPropertiesComponent().addOverrideProperty(key, value);
            }
        },
        ENVIRONMENT {
            @Override
            void set(HostSettingsTest test, String key, String value) {
                test.environment.put(key.toUpperCase(Locale.ROOT).replace('.', '_'), value);
            }
        },
        SYSTEM_PROPERTY {
            @Override
            void set(HostSettingsTest test, String key, String value) {
                test.system.put(key, value);
            }
        },
        GIVEN {
            @Override
            void set(HostSettingsTest test, String key, String value) {
                test.given.put(key, value);
            }
        };

        abstract void set(HostSettingsTest test, String key, String value) throws Exception;
    }

    static Stream<Arguments> pairs() {
        return Stream.of("venice.home", "venice.api.url").flatMap(key -> Stream.of(Place.values()).flatMap(weak ->
                Stream.of(Place.values()).filter(strong -> strong.compareTo(weak) > 0)
                        .map(strong -> Arguments.of(key, weak, strong))));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theStrongerOfTwoPlacesIsRightForJavaAndForTheRoutes(String key, Place weak, Place strong) throws Exception {
        weak.set(this, key, "/weak");
        strong.set(this, key, "/strong");

        Settings settings = HostSettings.of(context, environment, system).with(given);
        SettingsSource.add(context, settings);

        assertThat(settings.required(key)).isEqualTo("/strong");
        assertThat(context.resolvePropertyPlaceholders("{{" + key.replaceFirst("\\.", ":") + "}}/x")).isEqualTo("/strong/x");
    }

    /** Camel's own order is another one: it looks at the machine's properties first, whatever was given. */
    @Test
    void theRoutesOfARunningHostGoByWhatJavaHas() throws Exception {
        try (Station station = Station.quick(folder)) {
            station.settings().forEach(context.getPropertiesComponent()::addInitialProperty);
            Map<String, String> wrong = Map.of("venice.home", folder.resolve("wrong").toString(),
                    "venice.api.url", "http://127.0.0.1:1/wrong");
            try {
                wrong.forEach(System::setProperty);
                VeniceVideo.addTo(context, Map.of("venice.home", station.home().toString(),
                        "venice.api.url", station.sandbox().apiUrl()));
                context.start();
            } finally {
                wrong.keySet().forEach(System::clearProperty);
            }
            station.dropReady("dropped", Map.of("prompt.txt", "To the right place"));

            await().atMost(Station.PATIENCE).until(() -> Files.exists(station.home().resolve("done/dropped/job.json")));
            assertThat(station.sandbox().requests(Call.RETRIEVE)).isNotEmpty();
            assertThat(context.getEndpoints()).extracting(endpoint -> endpoint.getEndpointUri())
                    .isNotEmpty().noneMatch(uri -> uri.contains("wrong"));
            assertThat(folder.resolve("wrong")).doesNotExist();
        }
    }

    @Test
    void placeholdersAreResolvedOnceForAll() {
        context.getPropertiesComponent().addInitialProperty("base", "/srv/{{who}}");
        context.getPropertiesComponent().addInitialProperty("venice.home", "{{base}}/video");
        context.getPropertiesComponent().addInitialProperty("venice.ledger.dir", "{{venice.home}}/{{ledger:own}}{{?more}}");
        environment.put("WHO", "{{sys:me}}");
        system.put("me", "nobody");
        context.getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return "sys";
            }

            @Override
            public String apply(String remainder) {
                return system.get(remainder);
            }
        });

        Settings settings = HostSettings.of(context, environment, system).with(Map.of());
        SettingsSource.add(context, settings);

        assertThat(settings.required("venice.home")).isEqualTo("/srv/nobody/video");
        assertThat(settings.required("venice.ledger.dir")).isEqualTo("/srv/nobody/video/own");
        assertThat(context.resolvePropertyPlaceholders("{{venice:home}}")).isEqualTo("/srv/nobody/video");
    }

    @Test
    void aPlaceholderThatStandsForNothingIsRefusedByTheSettingsName() {
        for (String value : List.of("a-secret-{{nothing.of.that.name}}", "a-secret-{{venice.staging.uri}}")) {
            assertThatThrownBy(() -> HostSettings.of(context, environment, system).with(Map.of("venice.staging.uri", value)))
                    .isInstanceOf(InvalidSettingException.class).hasMessageContaining("venice.staging.uri")
                    .hasMessageContaining("placeholder").message().doesNotContain("a-secret");
        }
    }

    @Test
    void aSecretIsNoPlaceholderOfARoute() {
        SettingsSource.add(context, Settings.packaged().with(Map.of("venice.api.key", "a-secret", "venice.console.token", "b-secret")));

        for (String key : List.of("api.key", "console.token")) {
            assertThatThrownBy(() -> context.resolvePropertyPlaceholders("{{venice:" + key + "}}"))
                    .message().doesNotContain("-secret");
        }
    }
}
