package io.github.venicevideo.cli;

import io.github.venicevideo.assembly.OwnRoutes;
import io.github.venicevideo.assembly.RouteFiles;
import io.github.venicevideo.assembly.SettingsSource;
import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.submit.PriceQuestion;
import io.github.venicevideo.submit.QuoteForm;
import io.github.venicevideo.venice.ApiQuestion;
import io.github.venicevideo.venice.answer.Answer;
import io.github.venicevideo.venice.answer.QuoteAnswer;
import io.github.venicevideo.venice.answer.QuoteOutcome;
import io.github.venicevideo.venice.answer.Retry;
import io.github.venicevideo.venice.catalogue.CatalogueCache;
import io.github.venicevideo.venice.catalogue.VideoModel;
import io.github.venicevideo.venice.client.ApiAddress;
import io.github.venicevideo.venice.client.VeniceClientConfigurer;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The two questions to the API that a command asks, by the program's own template and without its stages, which need the ledger. */
final class ApiCalls implements AutoCloseable {

    private static final String MODELS = "models";
    private static final String QUOTE = "quote";
    private static final String BEAN = "veniceCaller";
    /** The exchange property that holds the {@link ApiQuestion} of a call. */
    private static final String QUESTION = "veniceQuestion";

    private final Main main;
    private final ProducerTemplate template;
    private final Clock clock;

    private ApiCalls(Main main, Clock clock) throws Exception {
        this.main = main;
        this.template = main.getCamelTemplate();
        this.clock = clock;
    }

    /**
     * Starts it.
     *
     * @param start what its file says of the http component and of TLS, such as a proxy, holds here too
     */
    static ApiCalls open(Api api, CommandSettings start, Clock clock) throws Exception {
        Settings settings = start.settings().with(Map.of("venice.api.url", api.url()));
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().withName("venice-video-command").withAutoConfigurationEnvironmentVariablesEnabled(false);
        start.file().stringPropertyNames().stream()
                .filter(key -> key.startsWith("camel.component.") || key.startsWith("camel.ssl."))
                .forEach(key -> main.addInitialProperty(key, start.file().getProperty(key)));
        main.bind("veniceApiClient", VeniceClientConfigurer.api(ApiAddress.of(api.url()),
                () -> settings.text("venice.api.key"), settings.duration("venice.api.timeout")));
        main.bind(BEAN, new Caller());
        StartFailure failure = new StartFailure();
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport support) {
                failure.run(() -> addCalls(support.getCamelContext(), settings));
            }
        });
        main.start();
        return new ApiCalls(main, clock);
    }

    private static void addCalls(CamelContext context, Settings settings) throws Exception {
        SettingsSource.add(context, settings);
        OwnRoutes.watch(context);
        RouteFiles.of(context, settings).load(List.of(RouteFiles.ERRORS, RouteFiles.CALLS));
        TemplatedRouteBuilder.builder(context, "venice-call").routeId("venice-models").parameter("call", MODELS)
                .parameter("bean", BEAN).parameter("path", "/models").parameter("method", "GET").parameter("type", "video").add();
        TemplatedRouteBuilder.builder(context, "venice-call").routeId("venice-quote").parameter("call", QUOTE)
                .parameter("bean", BEAN).parameter("path", "/video/quote").add();
    }

    /** Asks which models there are. */
    void catalogue(CatalogueCache catalogue) {
        call(MODELS, catalogue);
    }

    /** Asks what one job of a bundle would cost, which lies where it was read; in the other form where one was refused. */
    QuoteOutcome price(Bundle bundle, Optional<VideoModel> model) {
        PriceQuestion question = new PriceQuestion(bundle.referenceVideoSeconds(), bundle.clip());
        QuoteOutcome outcome = price(bundle.request(), question, QuoteForm.ENTRY, model);
        return outcome instanceof QuoteOutcome.NoPrice none && none.refused() && question.allows(QuoteForm.GUIDE)
                ? price(bundle.request(), question, QuoteForm.GUIDE, model) : outcome;
    }

    /** Asks what a job of a model would cost, which has no media yet. */
    QuoteOutcome price(VideoRequest request, VideoModel model) {
        return price(request, new PriceQuestion(Optional.empty(), Optional.empty()), QuoteForm.ENTRY, Optional.of(model));
    }

    private QuoteOutcome price(VideoRequest request, PriceQuestion question, QuoteForm form, Optional<VideoModel> model) {
        return call(QUOTE, new ApiQuestion() {
            @Override
            public void ask(Exchange exchange) throws IOException {
                exchange.getMessage().setBody(question.body(request, form, model, Path.of("").toAbsolutePath().getRoot()));
            }

            @Override
            public void judge(Exchange exchange) {
                exchange.getMessage().setBody(question.answer(form, QuoteAnswer.of(Answer.of(exchange.getMessage(), clock))));
            }

            @Override
            public void judgeFailure(Exchange exchange) {
                Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
                exchange.getMessage().setBody(new Retry(0, Optional.empty(),
                        failure.getClass().getSimpleName() + ": " + failure.getMessage()));
            }
        }).getMessage().getBody(QuoteOutcome.class);
    }

    private Exchange call(String name, ApiQuestion question) {
        return template.send("direct:venice-" + name, exchange -> exchange.setProperty(QUESTION, question));
    }

    @Override
    public void close() {
        main.stop();
    }

    /** Has whoever makes a call ask and judge it. */
    public static final class Caller implements ApiQuestion {

        @Override
        public void ask(Exchange exchange) throws Exception {
            question(exchange).ask(exchange);
        }

        @Override
        public void judge(Exchange exchange) throws Exception {
            question(exchange).judge(exchange);
        }

        @Override
        public void judgeFailure(Exchange exchange) throws Exception {
            question(exchange).judgeFailure(exchange);
        }

        private static ApiQuestion question(Exchange exchange) {
            return exchange.getProperty(QUESTION, ApiQuestion.class);
        }
    }
}
