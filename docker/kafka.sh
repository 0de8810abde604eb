#!/usr/bin/env bash
# Runs Kafka's tools in the compose file as KAFKA_USER with KAFKA_PASSWORD:
#   kafka.sh topics        makes the topics and the access to them
#   kafka.sh feed TOPIC    sends each line of the standard input to a topic
set -euo pipefail
umask 077

kafka=/opt/kafka/bin
client=/tmp/client.properties
cat >"$client" <<PROPERTIES
security.protocol=SASL_SSL
sasl.mechanism=PLAIN
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="$KAFKA_USER" password="$KAFKA_PASSWORD";
ssl.truststore.type=PEM
ssl.truststore.location=/opt/entrawatch/certs/ca.crt
PROPERTIES
server=(--bootstrap-server kafka:9092 --command-config "$client")

allow() { "$kafka/kafka-acls.sh" "${server[@]}" --add --force "$@"; }

case "${1:-}" in
    topics)
        for topic in entra-signins entra-audit entra-risk; do
            "$kafka/kafka-topics.sh" "${server[@]}" --create --if-not-exists --topic "$topic" --partitions 2
        done
        allow --allow-principal User:entrawatch --operation Read --operation Describe \
            --topic entra- --resource-pattern-type prefixed
        allow --allow-principal User:entrawatch --operation Read --group entrawatch
        allow --allow-principal User:feeder --operation Write --operation Describe \
            --topic entra- --resource-pattern-type prefixed
        ;;
    feed)
        exec "$kafka/kafka-console-producer.sh" "${server[@]}" --topic "${2:?TOPIC: missing (expected: such as entra-signins)}"
        ;;
    *)
        echo "${1:-}: unknown (expected: topics, or feed TOPIC)" >&2
        exit 2
        ;;
esac
