package io.github.venicevideo.cli;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.ParkedAnswer;
import io.github.venicevideo.ledger.remote.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says why a job is not further than it is.
 *
 * @param now when it is asked
 * @param ours whether the program's key sends to the job's API
 * @param closed why nothing is sent or asked at all
 * @param before how many jobs are sent before it
 * @param nextRequest when the provider's limits let the next request go out
 * @param goesOnAt when it goes on by itself, where it is parked
 * @param deliveries where its video is, or is to go
 */
record Waiting(Instant now, boolean ours, Optional<String> closed, long before, Optional<Instant> nextRequest,
               Optional<Instant> goesOnAt, List<Delivery> deliveries) {

    /** The reasons, as sentences. */
    List<String> why(Job job) {
        return switch (job.state()) {
            case RECEIVED -> received(job);
            case SUBMITTING -> List.of("It is being sent. If no program runs now, the next start finds out what became of that.");
            case GENERATING -> generating(job);
            case RETRIEVED -> retrieved(job);
            case PARKED -> parked(job);
            case DELIVERED -> delivered(job);
            case FAILED -> failed(job);
        };
    }

    private List<String> received(Job job) {
        List<String> why = new ArrayList<>();
        if (!ours) {
            why.add("It belongs to " + job.api() + ", and the key that is set to another API: it is not sent.");
            return why;
        }
        closed.ifPresent(reason -> why.add("Nothing is sent now. " + reason));
        if (job.dueAt().isAfter(now)) {
            why.add("It was tried, and is tried again at " + job.dueAt() + (job.troubleCount() > 0 ? ", after " + job.troubleCount()
                    + (job.troubleCount() == 1 ? " try" : " tries") : "") + "." + said(job));
        } else {
            why.add(before == 0 ? "It is the next to be sent." : before + (before == 1 ? " job is" : " jobs are") + " sent before it.");
            nextRequest.filter(next -> next.isAfter(now)).ifPresent(next -> why.add("The limits of the API let the next request go out at "
                    + next + "."));
            job.message().ifPresent(message -> why.add("What was said last: " + message));
        }
        return why;
    }

    private List<String> generating(Job job) {
        List<String> why = new ArrayList<>();
        why.add("Venice makes it" + job.submittedAt().map(at -> " since " + at).orElse("") + ". It was asked about " + job.polls()
                + " times" + job.polledAt().map(at -> ", the last time at " + at).orElse("") + "." + job.averageMs()
                .map(average -> " Such a video takes up to " + Duration.ofMillis(average).toSeconds() + " s mostly.").orElse(""));
        closed.ifPresent(why::add);
        if (job.troubleCount() > 0) {
            why.add("The last " + job.troubleCount() + " answers could not be used; asked again at " + job.dueAt() + "." + said(job));
        }
        return why;
    }

    private List<String> retrieved(Job job) {
        List<String> why = new ArrayList<>();
        why.add("The video is on this machine, and is being delivered; the next try is at " + job.dueAt() + "." + said(job));
        deliveries.forEach(delivery -> why.add(delivery.location().map(where -> "It is at " + delivery.destination() + ": " + where + ".")
                .orElse("Not yet at " + delivery.destination() + delivery.trouble().map(trouble -> delivery.troubleSince()
                        .map(since -> ", since " + since).orElse("") + ": " + trouble).orElse("."))));
        return why;
    }

    private List<String> parked(Job job) {
        List<String> why = new ArrayList<>();
        job.message().ifPresent(why::add);
        goesOnAt.ifPresent(at -> why.add(at.isAfter(now) ? "It goes on by itself at " + at + "." : "It goes on by itself now."));
        why.add("A person may answer " + ParkedAnswer.to(job).stream().map(ParkedAnswer::toString).collect(Collectors.joining(" or "))
                + job.folder().map(folder -> ": the form is in " + folder).orElse("") + ".");
        return why;
    }

    private List<String> delivered(Job job) {
        List<String> why = new ArrayList<>();
        deliveries.forEach(delivery -> why.add(delivery.location().map(where -> "The video is at " + delivery.destination() + ": " + where)
                .orElse("It was delivered without " + delivery.destination() + delivery.trouble().map(trouble -> ": " + trouble).orElse("")
                        + ".")));
        job.folder().ifPresent(folder -> why.add("The bundle is in " + folder + "."));
        return why;
    }

    private static List<String> failed(Job job) {
        List<String> why = new ArrayList<>();
        job.message().ifPresent(why::add);
        job.folder().ifPresent(folder -> why.add("The bundle is in " + folder + "."));
        return why;
    }

    private static String said(Job job) {
        return job.message().map(message -> " " + message).orElse("");
    }
}
