package io.github.venicevideo.cli;

import io.github.venicevideo.erasure.Erased;
import io.github.venicevideo.erasure.Erasure;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.LedgerView;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import io.github.venicevideo.ledger.store.LedgerException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/** {@code --forget-…}: forgets a job, a medium or a person. Needs the ledger for itself, unlike the other commands. */
final class ForgetCommand implements Command {

    private static final int BLOCKED = 3;
    private static final String YES = "--yes";

    private final ForgetTarget.Kind kind;
    private final Clock clock;

    ForgetCommand(ForgetTarget.Kind kind, Clock clock) {
        this.kind = kind;
        this.clock = clock;
    }

    @Override
    public String option() {
        return "--forget-" + kind;
    }

    @Override
    public String operands() {
        return switch (kind) {
            case JOB -> "ID [--yes]";
            case MEDIUM -> "SHA256 [--yes]";
            case PERSON -> "NAME [--yes]";
        };
    }

    @Override
    public String says() {
        return switch (kind) {
            case JOB -> "forget a job; without --yes, say what that comes to (no other program may be running)";
            case MEDIUM -> "the same for a medium, and each job that it was part of";
            case PERSON -> "the same for a person, and each job that rests on what they attested or has their name";
        };
    }

    @Override
    public int run(CommandSettings start, List<String> operands, PrintStream out) throws Exception {
        List<String> values = operands.stream().filter(operand -> !operand.equals(YES)).toList();
        if (values.size() != 1 || operands.size() > 2) {
            throw new UsageException(option() + " takes one value, and " + YES + " to do it");
        }
        ForgetTarget target;
        try {
            target = new ForgetTarget(kind, values.get(0));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
        // Tells when there is none, where opening it would make one.
        LedgerView.of(start.ledger());
        Ledger ledger = new Ledger(start.ledger(), clock);
        try {
            ledger.start();
        } catch (LedgerException e) {
            throw new IllegalArgumentException(e.getMessage() + " To have the program that is running forget something, POST"
                    + " {\"" + kind + "\": \"…\", \"confirm\": true} to its /api/forget.", e);
        }
        try {
            Erasure erasure = new Erasure(Home.at(start.home()), ledger, start.settings());
            boolean confirmed = operands.contains(YES);
            return print(confirmed ? erasure.forget(target) : erasure.plan(target), confirmed, out);
        } finally {
            ledger.stop();
        }
    }

    private static int print(Erased erased, boolean confirmed, PrintStream out) {
        boolean done = confirmed && erased.blocked().isEmpty();
        out.println((done ? "Forgotten: " : "To be forgotten: ") + erased.jobs().size() + " jobs, " + erased.consents()
                + " contents of consents.");
        erased.jobs().forEach(job -> out.println("  job " + job));
        erased.removed().forEach(path -> out.println("  removed " + path));
        list("Out of reach; see to it yourself:", erased.outOfReach(), out);
        list("First:", erased.blocked(), out);
        if (!confirmed) {
            out.println("Nothing was changed. Add " + YES + " to do it; it cannot be undone.");
        }
        return erased.blocked().isEmpty() ? 0 : BLOCKED;
    }

    private static void list(String title, List<String> sentences, PrintStream out) {
        if (!sentences.isEmpty()) {
            out.println(title);
            sentences.forEach(sentence -> out.println("  " + sentence));
        }
    }
}
