package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.venice.request.ConsentFlow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a person wrote to consent, read strictly: what is only nearly said is not said.
 *
 * @param by the person
 * @param confirmed the statements that they made: all that the flow asks for
 * @param note what it rests on
 */
record Confirmation(String by, List<String> confirmed, Optional<String> note, Optional<Instant> validUntil) {

    private static final int LONGEST_NOTE = 500;

    /**
     * Reads a filled-in form.
     *
     * @param validFor how long it holds where the form does not say
     * @throws IllegalArgumentException with a sentence that says which field, and what is allowed
     */
    static Confirmation read(JsonNode form, String file, ConsentFlow flow, Optional<Duration> validFor, Instant now,
            ZoneId zone) {
        String by = PersonName.of(text(form, file, "by"), file + ": by");
        for (String statement : flow.statements()) {
            JsonNode said = form.path(statement);
            if (!said.isBoolean() || !said.booleanValue()) {
                throw new IllegalArgumentException(file + ": " + statement + " is "
                        + (said.isMissingNode() ? "missing" : shown(said)) + ". To consent, the person responsible sets it to"
                        + " true (without quotation marks) after reading the policy; to refuse, answer reject.");
            }
        }
        form.fieldNames().forEachRemaining(name -> {
            if (name.startsWith("confirmed_") && !flow.statements().contains(name)) {
                throw new IllegalArgumentException(file + ": " + name + " is nothing that the provider asks for. Allowed: "
                        + flow.statements() + ".");
            }
        });
        String note = text(form, file, "note").strip();
        if (note.length() > LONGEST_NOTE) {
            throw new IllegalArgumentException(file + ": note has " + note.length() + " characters; at most " + LONGEST_NOTE
                    + ". Name where the rest is kept.");
        }
        Optional<Instant> until = until(text(form, file, "valid_until").strip(), file, now, zone);
        return new Confirmation(by, flow.statements().stream().filter(statement -> form.path(statement).booleanValue()).toList(),
                Optional.of(note).filter(text -> !text.isEmpty()), until.or(() -> validFor.map(now::plus)));
    }

    private static Optional<Instant> until(String value, String file, Instant now, ZoneId zone) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Instant until;
        try {
            until = value.contains("T") ? Instant.parse(value)
                    : LocalDate.parse(value).plusDays(1).atStartOfDay(zone).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(file + ": valid_until is \"" + value
                    + "\". Write a day such as 2027-01-31, a time such as 2027-01-31T12:00:00Z, or leave it empty.", e);
        }
        if (!until.isAfter(now)) {
            throw new IllegalArgumentException(file + ": valid_until is " + value + ", which is over.");
        }
        return Optional.of(until);
    }

    private static String text(JsonNode form, String file, String field) {
        JsonNode value = form.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw new IllegalArgumentException(file + ": " + field + " is no text. Write it in quotation marks.");
        }
        return value.asText("");
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
