package io.github.venicevideo;

import io.github.venicevideo.intake.Bundle;
import io.github.venicevideo.settings.Api;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.submit.PriceQuestion;
import io.github.venicevideo.submit.QuoteForm;
import io.github.venicevideo.venice.Answer;
import io.github.venicevideo.venice.ApiAddress;
import io.github.venicevideo.venice.CatalogueCache;
import io.github.venicevideo.venice.QueueRequestEntity;
import io.github.venicevideo.venice.QuoteAnswer;
import io.github.venicevideo.venice.QuoteOutcome;
import io.github.venicevideo.venice.Retry;
import io.github.venicevideo.venice.VeniceClientConfigurer;
import io.github.venicevideo.venice.VideoModel;
import io.github.venicevideo.venice.VideoRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** The two questions to the API that a command asks, without the program's routes: they need the ledger, this does not. */
final class ApiCalls implements AutoCloseable {

    private static final String OPTIONS = "?httpClientConfigurer=#veniceApiClient&throwExceptionOnFailure=false"
            + "&skipRequestHeaders=true&skipControlHeaders=true&copyHeaders=false&disableStreamCache=true";
    private static final String MODELS = "direct:models";
    private static final String QUOTE = "direct:quote";

    private final Main main;
    private final ProducerTemplate template;

    private ApiCalls(Main main) throws Exception {
        this.main = main;
        this.template = main.getCamelTemplate();
    }

    /**
     * Starts it.
     *
     * @param start what its file says of the http component and of TLS, such as a proxy, holds here too
     */
    static ApiCalls open(Api api, CommandSettings start, Clock clock) throws Exception {
        Settings settings = start.settings();
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().withName("venice-video-command").withAutoConfigurationEnvironmentVariablesEnabled(false);
        start.file().stringPropertyNames().stream()
                .filter(key -> key.startsWith("camel.component.") || key.startsWith("camel.ssl."))
                .forEach(key -> main.addInitialProperty(key, start.file().getProperty(key)));
        main.bind("veniceApiClient", VeniceClientConfigurer.api(ApiAddress.of(api.url()),
                () -> settings.text("venice.api.key"), settings.duration("venice.api.timeout")));
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(MODELS).streamCache("false").to(api.url() + "/models" + OPTIONS + "&httpMethod=GET&type=video")
                        .process(exchange -> exchange.getProperty("catalogue", CatalogueCache.class).judge(exchange));
                from(QUOTE).streamCache("false").to(api.url() + "/video/quote" + OPTIONS + "&httpMethod=POST")
                        .process(exchange -> exchange.getMessage().setBody(
                                QuoteAnswer.of(Answer.of(exchange.getMessage(), clock))));
            }
        });
        main.start();
        return new ApiCalls(main);
    }

    /** Asks which models there are. */
    void catalogue(CatalogueCache catalogue) {
        Exchange exchange = template.send(MODELS, asked -> asked.setProperty("catalogue", catalogue));
        if (exchange.getException() != null) {
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, exchange.getException());
            catalogue.judgeFailure(exchange);
        }
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
        try {
            QueueRequestEntity body = question.body(request, form, model, Path.of("").toAbsolutePath().getRoot());
            Exchange exchange = template.send(QUOTE, asked -> asked.getMessage().setBody(body));
            return exchange.getException() == null ? exchange.getMessage().getBody(QuoteOutcome.class)
                    : failed(exchange.getException());
        } catch (IOException e) {
            return failed(e);
        }
    }

    private static Retry failed(Exception e) {
        return new Retry(0, Optional.empty(), e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    @Override
    public void close() {
        main.stop();
    }
}
