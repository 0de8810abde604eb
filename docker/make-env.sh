#!/usr/bin/env bash
# Makes what compose.yaml asks for and the repository must not hold: docker/.env with random passwords, and docker/certs
# with a certificate authority and certificates of a year for the servers. Overwrites neither, unless the certificates
# alone are to be renewed.
#   docker/make-env.sh [--renew-certificates] [DIRECTORY]
set -euo pipefail
renew=
if [ "${1:-}" = --renew-certificates ]; then
    renew=yes
    shift
fi
cd "${1:-$(dirname "${BASH_SOURCE[0]}")}"
umask 077

command -v openssl >/dev/null || { echo "openssl: not found (expected: OpenSSL 1.1.1 or later)" >&2; exit 1; }
for made in .env certs; do
    if [ -n "$renew" ]; then
        [ -e "$made" ] || { echo "$PWD/$made: is not there (expected: what make-env.sh has made before)" >&2; exit 1; }
    elif [ -e "$made" ]; then
        echo "$PWD/$made: is there already (expected: nothing; remove it and the volumes to begin anew, or renew the" \
            "certificates alone with --renew-certificates)" >&2
        exit 1
    fi
done

# All or nothing: what fails half-way leaves nothing that the next run would stop at.
here=$PWD
making=$(mktemp -d "$here/.making.XXXXXX")
trap 'rm -rf "$making"' EXIT
cd "$making"

# What openssl says where all is well is of no use.
openssl() {
    command openssl "$@" 2>complaint || {
        cat complaint >&2
        echo "openssl $1: failed (expected: OpenSSL 1.1.1 or later, and room on the disk)" >&2
        exit 1
    }
}

if [ -z "$renew" ]; then
    echo "# Made by make-env.sh. Keep it to yourself." >.env
    for name in KAFKA_ADMIN_PASSWORD KAFKA_JOB_PASSWORD KAFKA_FEEDER_PASSWORD ELASTIC_PASSWORD KIBANA_SYSTEM_PASSWORD \
        KIBANA_ENCRYPTION_KEY; do
        value=$(openssl rand -hex 24)
        echo "$name=$value" >>.env
    done
fi

# The directory keeps others out. What is in it is mounted file by file, and read by users of the containers that have
# numbers of their own.
mkdir certs
umask 022
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -sha256 -days 365 -nodes -subj "/CN=entrawatch-ca" \
    -addext "basicConstraints=critical,CA:true" -addext "keyUsage=critical,keyCertSign" \
    -keyout certs/ca.key -out certs/ca.crt
chmod 600 certs/ca.key

for server in elasticsearch kibana kafka; do
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$server" \
        -keyout "certs/$server.key" -out certs/request
    openssl x509 -req -in certs/request -CA certs/ca.crt -CAkey certs/ca.key -CAcreateserial -sha256 -days 365 \
        -extfile <(printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth' "$server") \
        -out "certs/$server.crt"
    chmod 644 "certs/$server.key"
done
# Kafka takes the key and the certificate from one file.
cat certs/kafka.key certs/kafka.crt >certs/kafka.pem
rm certs/request certs/ca.srl certs/kafka.key certs/kafka.crt

# Without --wait, which takes the end of a container that only sets something up for a failure.
if [ -n "$renew" ]; then
    mv "$here/certs" old
    mv certs "$here"
    echo "made $here/certs anew"
    # Containers hold the files that they were made with.
    how=--force-recreate
else
    mv certs .env "$here"
    echo "made $here/.env and $here/certs"
    how=--build
fi
[ ! -e "$here/compose.yaml" ] || printf 'next: docker compose -f %q up %s --detach\n' "$here/compose.yaml" "$how"
