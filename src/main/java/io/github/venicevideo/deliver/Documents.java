package io.github.venicevideo.deliver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.OwnFiles;
import io.github.venicevideo.home.ShownNames;
import io.github.venicevideo.home.Signatures;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.ParkedJobs;
import io.github.venicevideo.ledger.job.Reason;
import io.github.venicevideo.ledger.remote.Delivery;
import io.github.venicevideo.venice.MicroUsd;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what people and programs find beside a bundle whose job has ended or is parked. */
final class Documents {

    private Documents() {
    }

    /**
     * Our files by name.
     *
     * @param linkRevoked whether the link of a private model's video is revoked, so that it cannot be had again
     * @param waiting all jobs that wait for the reason that it waits for
     * @param ways how a person can answer here
     */
    static Map<String, byte[]> of(Job job, List<Delivery> deliveries, boolean wasInDoubt, boolean linkRevoked,
            ParkedJobs.Waiting waiting, Signatures signatures, AnswerWays ways) {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        ObjectNode document = JobDocument.of(job, deliveries).put("api", job.api());
        signatures.sign(document);
        documents.put(OwnFiles.JOB, JobDocument.bytes(document));
        if (job.state() == JobState.FAILED) {
            documents.put(OwnFiles.ERROR, shown(error(job, wasInDoubt, linkRevoked)));
        }
        if (job.state() == JobState.PARKED) {
            documents.put(OwnFiles.ACTION, shown(action(job, waiting, ways)));
            documents.put(OwnFiles.ANSWER_FORM, JobDocument.bytes(AnswerForm.of(job)));
        }
        return documents;
    }

    /** Prompts, names and answers of others stand in it, and people look at it in a terminal. */
    private static byte[] shown(String text) {
        return ShownNames.spelled(text.replace("\r\n", "\n"), "\n\t").getBytes(StandardCharsets.UTF_8);
    }

    private static String error(Job job, boolean wasInDoubt, boolean linkRevoked) {
        return """
                %s has failed.

                What happened
                %s

                What it cost
                %s

                What to do
                %s

                Job %s, reason %s
                """.formatted(job.bundle(), happened(job), cost(job, wasInDoubt),
                advice(job, linkRevoked), job.id(), job.reason().orElse("unknown"));
    }

    private static String happened(Job job) {
        return Stream.concat(Stream.of(job.message().orElse("No reason is known.")), job.options().notes().stream())
                .collect(Collectors.joining("\n"));
    }

    private static String cost(Job job, boolean wasInDoubt) {
        if (!job.isPaid() && wasInDoubt) {
            return "Perhaps its price: it was sent, and no usable answer came. Venice's own account page tells.";
        }
        if (Reason.GENERATION_REFUNDED.isOf(job)) {
            return "Nothing: Venice says that the credits were refunded.";
        }
        if (!job.isPaid()) {
            return "Nothing: the API did not accept it.";
        }
        String price = job.price().map(micros -> MicroUsd.text(micros) + " USD")
                .orElse("The model's price");
        return price + ", charged when the API accepted it as " + job.queueId().orElse("") + ".";
    }

    private static String advice(Job job, boolean linkRevoked) {
        if (linkRevoked) {
            return "With the rejection its one link is revoked, unless venice.cleanup is false: the video cannot be fetched\n"
                    + "again. What came of it lies in this folder. To pay for a new one, delete " + OwnFiles.JOB
                    + " in it, then\nmove it back to the drop folder.";
        }
        if (job.isPaid()) {
            return "Move this folder back to the drop folder: the video that was paid for is asked for again,\n"
                    + "and nothing is paid twice. To pay for a new one instead, delete " + OwnFiles.JOB + " in it first.";
        }
        return "Mend what is named above, in " + BundleFolders.BUNDLE + "/, then move this folder back to the drop folder.\n"
                + "The files " + OwnFiles.ERROR + " and " + OwnFiles.JOB + " may stay in it.";
    }

    private static String action(Job job, ParkedJobs.Waiting waiting, AnswerWays ways) {
        return """
                # %s waits for a person

                %s

                ## What you can do

                %s

                %s
                %s%s
                Job `%s`, reason `%s`%s
                """.formatted(job.bundle(), job.message().orElse(""), AnswerForm.explained(job),
                ways.explained(job), AnswerForm.forMany(job, waiting),
                ConsentQuestion.of(job).map(question -> question.explained(ways)).orElse(""), job.id(),
                job.reason().orElse("unknown"), job.queueId().map(id -> ", `queue_id` `" + id + "`").orElse(""));
    }
}
