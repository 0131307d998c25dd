package io.github.venicevideo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MicroUsd;
import java.nio.charset.StandardCharsets;

/** The answer of {@code --validate} for people. */
final class ValidationText {

    private final StringBuilder text = new StringBuilder();

    private ValidationText() {
    }

    static String of(Validation validation) throws JsonProcessingException {
        ValidationText text = new ValidationText();
        if (validation.sandbox()) {
            text.line("SANDBOX: no venice.api.key is set, so models and prices are make-believe, and nothing is sent anywhere");
        }
        if (validation.offline()) {
            text.line("Offline: nobody is asked, so there are no prices");
        }
        if (!validation.catalogue()) {
            text.line("No catalogue of models is known here: what a single model takes was not checked");
        }
        for (Verdict verdict : validation.each()) {
            text.verdict(verdict);
        }
        return text.text.toString();
    }

    private void verdict(Verdict verdict) throws JsonProcessingException {
        line("");
        line(Problem.shown(verdict.path()) + ": " + verdict.status().word());
        verdict.message().ifPresent(this::paragraph);
        verdict.problems().forEach(problem -> paragraph("- " + problem.sentence()));
        verdict.warnings().forEach(warning -> paragraph("Warning: " + warning));
        if (verdict.bundle().isPresent()) {
            request(verdict, verdict.bundle().get());
        }
    }

    private void request(Verdict verdict, Bundle bundle) throws JsonProcessingException {
        int takes = bundle.options().takes();
        paragraph(new String(Json.pretty(ShownRequest.of(bundle)), StandardCharsets.UTF_8).strip());
        if (!bundle.filled().isEmpty()) {
            paragraph("Filled in: " + bundle.filledInWords());
        }
        paragraph("Body: " + ShownRequest.size(bundle.bodyBytes()));
        paragraph("Goes to: " + String.join(", ", verdict.deliverTo()));
        if (takes > 1) {
            paragraph("Takes: " + takes);
        }
        verdict.price().ifPresent(price -> paragraph("Price: " + MicroUsd.text(price) + " USD"
                + (takes > 1 ? ", " + MicroUsd.text(price * takes) + " USD for " + takes + " takes" : "")));
    }

    private void paragraph(String lines) {
        lines.lines().forEach(line -> line("  " + line));
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }
}
