#!/usr/bin/env bash
# Prepares Elasticsearch for the job: index templates, first indices, how long they are kept, and the role that writes.
# It may be run again at any time. With --api-key it also makes a key with that role, which is then all of its output.
#
#   ELASTICSEARCH_URL          https://elastic.contoso.example:9200
#   ELASTICSEARCH_API_KEY      or ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD, of somebody who may do all this
#   ELASTICSEARCH_CA_FILE      certificates to trust, in PEM
#   ENTRAWATCH_INDEX_PREFIX    the job's index-prefix; entrawatch
#   ENTRAWATCH_ALERT_DAYS      how long alerts are kept at least; 365
#   ENTRAWATCH_HEALTH_DAYS     how long an index of health documents is kept; 30
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
templates=$here/templates

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# A value as curl's configuration quotes it.
quoted() {
    local value=${1//\\/\\\\}
    printf '"%s"' "${value//\"/\\\"}"
}

# The credentials as configuration of curl: as its arguments, everybody on this machine could read them.
credentials() {
    if [ -n "${ELASTICSEARCH_API_KEY:-}" ]; then
        printf 'header = %s\n' "$(quoted "Authorization: ApiKey $ELASTICSEARCH_API_KEY")"
    elif [ -n "${ELASTICSEARCH_USER:-}" ]; then
        printf 'user = %s\n' "$(quoted "$ELASTICSEARCH_USER:${ELASTICSEARCH_PASSWORD:-}")"
    fi
}

# ask METHOD PATH: sends standard input, and leaves the answer in $status and $body.
ask() {
    local reply
    reply=$(curl --config <(credentials) --silent --show-error --max-time 60 \
        ${ELASTICSEARCH_CA_FILE:+--cacert "$ELASTICSEARCH_CA_FILE"} --request "$1" \
        --header 'Content-Type: application/json' --data-binary @- --write-out '\n%{http_code}' "${url%/}$2") ||
        fail "ELASTICSEARCH_URL: $url does not answer (expected: an Elasticsearch that this machine reaches)"
    status=${reply##*$'\n'}
    body=${reply%$'\n'*}
    case $status in
        401) fail "Elasticsearch refuses the credentials (expected: ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USER and" \
            "ELASTICSEARCH_PASSWORD): $body" ;;
        403) fail "the credentials may not $1 $2: $body" ;;
    esac
}

# put PATH WHAT: as ask; ends when Elasticsearch does not take it.
put() {
    ask PUT "$1"
    [ "$status" = 200 ] || fail "Elasticsearch did not take $2 ($status): $body"
    echo "put $2 in place"
}

# filled FILE: with the prefix in it.
filled() {
    sed "s/\${prefix}/$prefix/g" "$1"
}

# expect_rights WHY: ends when the credentials lack any of the privileges that standard input asks for. An Elasticsearch that
# has just started answers before it has opened the index in which it would look.
expect_rights() {
    local privileges
    privileges=$(cat)
    for _ in {1..60}; do
        ask POST /_security/user/_has_privileges <<<"$privileges"
        [ "$status" = 503 ] || break
        sleep 1
    done
    [ "$status" = 200 ] || fail "Elasticsearch did not say what the credentials may do ($status): $body"
    [[ $body == *'"has_all_requested":true'* ]] || fail "$1: $body"
}

# A lifecycle deletes with the rights of who put it in place last, a year from now and without a word to them.
owner_may_delete() {
    expect_rights "the credentials may not manage $prefix-*, and neither could the lifecycles that they put in place (expected:\
 manage on $prefix-*)" <<<"{\"index\":[{\"names\":[\"$prefix-*\"],\"privileges\":[\"manage\"]}]}"
}

# keep KIND DAYS: deletes an index of that kind when its newest documents are so many days old. Days count from when an
# index was made, and it takes documents for a month.
keep() {
    ask PUT "/_ilm/policy/$prefix-$1" < <(filled "$here/lifecycle.json" | sed "s/\${days}/$(($2 + 31))/g")
    case $status:$body in
        200:*)
            echo "put the lifecycle $prefix-$1 in place: $2 days"
            put "/_component_template/$prefix-$1@lifecycle" "its component template" \
                <<<"{\"template\":{\"settings\":{\"index.lifecycle.name\":\"$prefix-$1\"}}}"
            ;;
        400:*'no handler found'* | 404:* | 405:* | 410:*)
            echo "no lifecycle for $prefix-$1: this Elasticsearch does not manage any ($status)." \
                "Its indices stay until somebody deletes them." >&2
            ;;
        *) fail "Elasticsearch did not take the lifecycle $prefix-$1 ($status): $body" ;;
    esac
}

# begin INDEX: makes an empty index, so that dashboards know its fields before the first document; one that is there stays.
begin() {
    ask PUT "/$1" <<<'{}'
    case $status in
        200) echo "made the index $1" ;;
        400) [[ $body == *'already exists'* ]] || fail "Elasticsearch made no index $1 ($status): $body" ;;
        *) fail "Elasticsearch made no index $1 ($status): $body" ;;
    esac
}

secure() {
    put "/_security/role/$prefix-writer" "the role $prefix-writer" < <(filled "$here/writer-role.json")
}

# A key may do what its owner may do as well, and no more: one without the right to write would be made all the same.
owner_may_write() {
    expect_rights "the credentials may not write to $prefix-*, and neither could a key that they make (expected: create_doc,\
 create_index and auto_configure on $prefix-*)" < <(filled "$here/writer-role.json" | sed 's/"indices"/"index"/')
}

make_key() {
    ask POST /_security/api_key \
        <<<"{\"name\":\"$prefix-writer\",\"role_descriptors\":{\"$prefix-writer\":$(filled "$here/writer-role.json")}}"
    [ "$status" = 200 ] || fail "Elasticsearch made no API key ($status): $body"
    echo "The key of the job. It is shown this once: put it where the job's settings look for api-key." >&2
    echo "Every run with --api-key makes another one; the old ones stay valid until they are invalidated." >&2
    sed -n 's/.*"encoded":"\([^"]*\)".*/\1/p' <<<"$body" >&3
}

url=${ELASTICSEARCH_URL:-}
prefix=${ENTRAWATCH_INDEX_PREFIX:-entrawatch}
alert_days=${ENTRAWATCH_ALERT_DAYS:-365}
health_days=${ENTRAWATCH_HEALTH_DAYS:-30}
case $url in
    *@*) fail "ELASTICSEARCH_URL: credentials in it (expected: ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD beside it)" ;;
    http://* | https://*) ;;
    *) fail "ELASTICSEARCH_URL: $url (expected: its address, such as https://elastic.contoso.example:9200)" ;;
esac
[[ $prefix =~ ^[a-z0-9][a-z0-9._-]*$ ]] || fail "ENTRAWATCH_INDEX_PREFIX: $prefix (expected: the index-prefix of the job)"
[[ $alert_days =~ ^[1-9][0-9]{0,4}$ ]] || fail "ENTRAWATCH_ALERT_DAYS: $alert_days (expected: a number of days up to 99999)"
[[ $health_days =~ ^[1-9][0-9]{0,4}$ ]] || fail "ENTRAWATCH_HEALTH_DAYS: $health_days (expected: a number of days up to 99999)"
case $# in
    0) ;;
    *) [ "$*" = --api-key ] || fail "$* (expected: --api-key or nothing)" ;;
esac
command -v curl >/dev/null || fail "curl is missing"

# The key alone goes to standard output, so that it can be sent into a file.
exec 3>&1
[ $# -eq 0 ] || exec >&2

owner_may_delete
keep alerts "$alert_days"
keep health "$health_days"
for file in "$templates"/*-template.json; do
    kind=$(basename "$file" -template.json)
    put "/_index_template/$prefix-$kind" "the index template $prefix-$kind" < <(filled "$file")
done
month=$(date -u +%Y.%m)
for index in "alerts-$month" "health-$month" dead-letters late; do
    begin "$prefix-$index"
done
secure
if [ $# -gt 0 ]; then
    owner_may_write
    make_key
fi
