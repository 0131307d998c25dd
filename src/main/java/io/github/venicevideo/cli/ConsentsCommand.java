package io.github.venicevideo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.console.ConsentTable;
import io.github.venicevideo.ledger.LedgerView;
import io.github.venicevideo.ledger.consent.ConsentCheck;
import io.github.venicevideo.ledger.consent.ConsentReport;
import io.github.venicevideo.ledger.consent.ConsentRow;
import io.github.venicevideo.venice.Json;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code --consents}: which videos rest on which attestation, and whether the chain that says so is whole. */
final class ConsentsCommand implements Command {

    private static final int BROKEN = 3;

    @Override
    public String option() {
        return "--consents";
    }

    @Override
    public String operands() {
        return "[--person NAME] [--medium SHA256] [--job ID] [--json|--csv] | --head | --verify [--expect-head HASH] [--json]";
    }

    @Override
    public String says() {
        return "print who attested what, and which videos rest on it; check that nobody altered it";
    }

    @Override
    public int run(CommandSettings start, List<String> operands, PrintStream out) throws Exception {
        ConsentsOptions options = ConsentsOptions.of(operands);
        ConsentReport report = LedgerView.of(start.ledger()).consentReport();
        if (options.does(ConsentsOptions.VERIFY)) {
            return verify(report.check(options.expectedHead()), options, out);
        }
        if (options.does(ConsentsOptions.HEAD)) {
            out.println(options.json() ? json(ConsentTable.json(report.head())) : report.head().hash());
            return 0;
        }
        List<ConsentRow> rows = report.rows(options.filter());
        out.print(options.csv() ? ConsentTable.csv(rows)
                : options.json() ? json(ConsentTable.json(report.head(), rows)) + System.lineSeparator()
                : ConsentTable.text(report.head(), rows));
        return 0;
    }

    private static int verify(ConsentCheck check, ConsentsOptions options, PrintStream out) throws Exception {
        if (options.json()) {
            ObjectNode answer = Json.mapper().createObjectNode();
            answer.put("whole", check.broken().isEmpty());
            check.broken().ifPresent(why -> answer.put("broken", why));
            answer.set("head", ConsentTable.json(check.head()));
            out.println(json(answer.put("attestations", check.attestations()).put("uses", check.uses())
                    .put("elsewhere", check.elsewhere()).put("erased", check.erased())));
        } else {
            out.println(check.broken().map(why -> "BROKEN. " + why + ".").orElse("The chain is whole: "
                    + check.attestations() + " attestations, " + check.uses() + " uses"
                    + (check.elsewhere() == 0 ? "" : ", " + check.elsewhere() + " of them of attestations in another store")
                    + (check.erased() == 0 ? "" : ", " + check.erased() + " contents erased") + "."));
            out.println("Head: " + check.head());
        }
        return check.broken().isEmpty() ? 0 : BROKEN;
    }

    private static String json(ObjectNode node) throws Exception {
        return new String(Json.pretty(node), StandardCharsets.UTF_8);
    }
}
