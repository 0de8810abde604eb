package io.entrawatch.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.settings.Secret;
import io.entrawatch.settings.SourceSettings;

/**
 * Asks Kafka before the job starts whether it lets the job in. What it refuses would otherwise show as restarts without
 * end. A broker that is not reached from here is left to the job.
 */
public final class KafkaAccess {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAccess.class);
    private static final int LONGEST_WAIT_MILLIS = 15_000;

    private final List<String> problems = new ArrayList<>();

    private KafkaAccess() {}

    /**
     * Asks for every source and for the output.
     *
     * @throws KafkaAccessException which says all that has to be put right
     */
    public static void check(JobSettings settings) throws InterruptedException {
        KafkaAccess access = new KafkaAccess();
        for (SourceSettings source : settings.sources()) {
            if (source instanceof SourceSettings.Kafka kafka) {
                access.checkSource(kafka);
            }
        }
        OutputSettings.Kafka output = settings.outputs().kafka();
        if (output != null) {
            access.checkOutput(output);
        }
        if (!access.problems.isEmpty()) {
            throw new KafkaAccessException(String.join("\n", access.problems));
        }
    }

    private void checkSource(SourceSettings.Kafka source) throws InterruptedException {
        Broker broker = new Broker("source " + source.name(), source.bootstrapServers(), source.properties());
        ask(broker, admin -> {
            String pattern = source.topicPattern();
            List<String> topics = pattern == null ? source.topics() : topicsOf(pattern, broker, admin);
            checkTopics(broker, admin, topics, AclOperation.READ);
            admin.listConsumerGroupOffsets(source.groupId()).all().get();
        });
    }

    /** What is there of a pattern. Topics may come later; but none at all is told, as a topic is that is not there. */
    private List<String> topicsOf(String pattern, Broker broker, Admin admin)
            throws ExecutionException, InterruptedException {
        Set<String> seen = admin.listTopics().names().get();
        List<String> topics = seen.stream()
                .filter(Pattern.compile(pattern).asMatchPredicate())
                .toList();
        if (topics.isEmpty()) {
            judge(broker, "", KafkaRefusal.noTopicOf(pattern, seen.size()));
        }
        return topics;
    }

    private void checkOutput(OutputSettings.Kafka output) throws InterruptedException {
        Broker broker = new Broker("outputs.kafka", output.bootstrapServers(), output.properties());
        List<String> topics = Stream.of(output.alerts(), output.deadLetters(), output.late(), output.health())
                .filter(topic -> topic != null)
                .toList();
        ask(broker, admin -> {
            checkTopics(broker, admin, topics, AclOperation.WRITE);
            if (output.exactlyOnce()) {
                String id = output.transactionalIdPrefix() + "-0-1";
                admin.describeTransactions(List.of(id)).all().get();
            }
        });
    }

    private void checkTopics(Broker broker, Admin admin, Collection<String> topics, AclOperation needed)
            throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            String subject = "topic " + answer.getKey() + ": ";
            try {
                Set<AclOperation> allowed = answer.getValue().get().authorizedOperations();
                if (allowed != null && !allowed.contains(needed)) {
                    String verb = needed == AclOperation.READ ? "read" : "write to";
                    problems.add(broker.tell(subject + "these credentials may not " + verb
                            + " it (expected: an ACL with " + needed + " on it)"));
                }
            } catch (ExecutionException e) {
                Throwable cause = causeOf(e);
                if (!KafkaRefusal.isAboutTopic(cause)) {
                    throw e;
                }
                judge(broker, subject, KafkaRefusal.of(cause, broker));
            }
        }
    }

    private void ask(Broker broker, Question question) throws InterruptedException {
        KafkaRefusal beforehand = KafkaRefusal.beforehand(broker);
        if (beforehand != null) {
            judge(broker, "", beforehand);
            return;
        }
        try (Admin admin = Admin.create(broker.clientProperties(LONGEST_WAIT_MILLIS))) {
            question.ask(admin);
        } catch (ExecutionException e) {
            judge(broker, "", KafkaRefusal.of(causeOf(e), broker));
        } catch (KafkaException e) {
            judge(broker, "", KafkaRefusal.of(e, broker));
        }
    }

    private void judge(Broker broker, String subject, KafkaRefusal refusal) {
        String told = broker.tell(subject + refusal.message());
        switch (refusal.weight()) {
            case PUT_RIGHT -> problems.add(told);
            case MAY_PASS -> LOG.warn("{}", told);
            case NOTHING -> LOG.debug("{}", told);
        }
    }

    private static Throwable causeOf(ExecutionException failure) {
        return failure.getCause() == null ? failure : failure.getCause();
    }

    private interface Question {
        void ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    /** Who is asked, on behalf of which settings. */
    record Broker(String settings, String address, Map<String, Secret> properties) {

        String tell(String what) {
            return settings + ", Kafka at " + address + ": " + what;
        }

        Map<String, Object> clientProperties(int longestWaitMillis) {
            Map<String, Object> all = new HashMap<>();
            properties.forEach((name, value) -> all.put(name, value.reveal()));
            all.put("bootstrap.servers", address);
            all.put("default.api.timeout.ms", longestWaitMillis);
            all.put("request.timeout.ms", longestWaitMillis);
            return all;
        }

        String property(String name, String otherwise) {
            Secret value = properties.get(name);
            return value == null ? otherwise : value.reveal();
        }
    }
}
