#!/usr/bin/env bash
# Prepares the Elasticsearch of the compose file: the password of Kibana's user, then what deploy/elasticsearch/setup.sh
# does, and once the API key of the job, into the file that the job reads it from.
set -euo pipefail
setup=$(dirname "${BASH_SOURCE[0]}")/../deploy/elasticsearch/setup.sh

# As configuration on its standard input: as curl's arguments, everybody here could read the passwords.
set_password() {
    printf 'user = "%s:%s"\ndata = "{\\"password\\":\\"%s\\"}"\n' \
        "$ELASTICSEARCH_USER" "$ELASTICSEARCH_PASSWORD" "$KIBANA_SYSTEM_PASSWORD" |
        curl --config - --silent --show-error --max-time 10 --cacert "$ELASTICSEARCH_CA_FILE" \
            --header 'Content-Type: application/json' --output /dev/null --write-out '%{http_code}' \
            "$ELASTICSEARCH_URL/_security/user/kibana_system/_password"
}

# Elasticsearch asks who is there before it has opened the index of its users, and refuses everybody until then: in a
# volume that has been used before that takes a while. 000 is no answer at all.
for _ in {1..30}; do
    status=$(set_password) || true
    case $status in
        000 | 401 | 503) sleep 2 ;;
        *) break ;;
    esac
done
if [ "$status" != 200 ]; then
    echo "kibana_system: Elasticsearch answers $status (expected: 200 for its new password)" >&2
    exit 1
fi

if [ -s "$API_KEY_FILE" ]; then
    exec bash "$setup"
fi
bash "$setup" --api-key >"$API_KEY_FILE.new"
mv "$API_KEY_FILE.new" "$API_KEY_FILE"
