#!/usr/bin/env bash
# Makes what compose.yaml asks for and the repository must not hold: docker/.env with random passwords, and docker/certs
# with a certificate authority and certificates of a year for the servers. Never overwrites either.
#   docker/make-env.sh [DIRECTORY]
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")}"
umask 077

command -v openssl >/dev/null || { echo "openssl: not found (expected: OpenSSL 1.1.1 or later)" >&2; exit 1; }
for made in .env certs; do
    if [ -e "$made" ]; then
        echo "$PWD/$made: is there already (expected: nothing; remove it and the volumes to begin anew)" >&2
        exit 1
    fi
done

random() { openssl rand -hex 24; }

cat >.env <<ENV
# Made by make-env.sh. Keep it to yourself.
KAFKA_ADMIN_PASSWORD=$(random)
KAFKA_JOB_PASSWORD=$(random)
KAFKA_FEEDER_PASSWORD=$(random)
ELASTIC_PASSWORD=$(random)
KIBANA_SYSTEM_PASSWORD=$(random)
KIBANA_ENCRYPTION_KEY=$(random)
ENV

# The directory keeps others out. What is in it is mounted file by file, and read by users of the containers that have
# numbers of their own.
mkdir certs
umask 022
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -sha256 -days 365 -nodes -subj "/CN=entrawatch-ca" \
    -addext "basicConstraints=critical,CA:true" -addext "keyUsage=critical,keyCertSign" \
    -keyout certs/ca.key -out certs/ca.crt 2>/dev/null
chmod 600 certs/ca.key

for server in elasticsearch kibana kafka; do
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$server" \
        -keyout "certs/$server.key" -out certs/request 2>/dev/null
    openssl x509 -req -in certs/request -CA certs/ca.crt -CAkey certs/ca.key -CAcreateserial -sha256 -days 365 \
        -extfile <(printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth' "$server") \
        -out "certs/$server.crt" 2>/dev/null
    chmod 644 "certs/$server.key"
done
# Kafka takes the key and the certificate from one file.
cat certs/kafka.key certs/kafka.crt >certs/kafka.pem
rm certs/request certs/ca.srl certs/kafka.key certs/kafka.crt

echo "made $PWD/.env and $PWD/certs; next: docker compose -f $PWD/compose.yaml up --build --detach --wait"
