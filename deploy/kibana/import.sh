#!/usr/bin/env bash
# Imports the data views, searches and dashboards into Kibana; with --security-rule, the rule of Elastic Security instead
# that makes alerts there of those of the job. What is there already under their ids is replaced.
#
#   KIBANA_URL                 its address, with the base path and the space if there are any:
#                              https://kibana.contoso.example:5601/s/security
#   KIBANA_API_KEY             or KIBANA_USER and KIBANA_PASSWORD, or nothing where Kibana asks for nobody
#   KIBANA_CA_FILE             certificates to trust, in PEM
#   ENTRAWATCH_INDEX_PREFIX    the job's index-prefix; entrawatch
set -euo pipefail

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
    if [ -n "${KIBANA_API_KEY:-}" ]; then
        printf 'header = %s\n' "$(quoted "Authorization: ApiKey $KIBANA_API_KEY")"
    elif [ -n "${KIBANA_USER:-}" ]; then
        printf 'user = %s\n' "$(quoted "$KIBANA_USER:${KIBANA_PASSWORD:-}")"
    fi
}

url=${KIBANA_URL:-}
prefix=${ENTRAWATCH_INDEX_PREFIX:-entrawatch}
case $url in
    *@*) fail "KIBANA_URL: credentials in it (expected: KIBANA_USER and KIBANA_PASSWORD beside it)" ;;
    http://* | https://*) ;;
    *) fail "KIBANA_URL: $url (expected: Kibana's address, such as https://kibana.contoso.example:5601)" ;;
esac
[[ $prefix =~ ^[a-z0-9][a-z0-9._-]*$ ]] || fail "ENTRAWATCH_INDEX_PREFIX: $prefix (expected: the index-prefix of the job)"
case $# in
    0) file=entrawatch.ndjson api=saved_objects/_import what='saved objects' privilege='Saved Objects Management: All' ;;
    *)
        [ "$*" = --security-rule ] || fail "$* (expected: --security-rule or nothing)"
        file=security-rule.ndjson api=detection_engine/rules/_import what='rules of Elastic Security'
        privilege='Security: All, or from 9.3 that of rules and alerts, and on indices what deploy/kibana/README.md lists'
        ;;
esac
command -v curl >/dev/null || fail "curl is missing"

objects=$(mktemp)
trap 'rm -f "$objects"' EXIT
sed -e "s/\"title\":\"entrawatch-/\"title\":\"$prefix-/" -e "s/\"index\":\[\"entrawatch-/\"index\":[\"$prefix-/" \
    "$(dirname "${BASH_SOURCE[0]}")/$file" >"$objects"

reply=$(curl --config <(credentials) --silent --show-error --max-time 120 ${KIBANA_CA_FILE:+--cacert "$KIBANA_CA_FILE"} \
    --header 'kbn-xsrf: entrawatch' --form "file=@$objects;filename=$file;type=application/ndjson" \
    --write-out '\n%{http_code}' "${url%/}/api/$api?overwrite=true") ||
    fail "KIBANA_URL: $url does not answer (expected: a Kibana that this machine reaches)"
status=${reply##*$'\n'}
body=${reply%$'\n'*}

case $status in
    200) ;;
    401) fail "Kibana refuses the credentials (expected: KIBANA_API_KEY, or KIBANA_USER and KIBANA_PASSWORD): $body" ;;
    403) fail "the credentials may not import (expected: the privilege $privilege): $body" ;;
    404) fail "KIBANA_URL: $url has no $what (expected: Kibana's address with its base path): $body" ;;
    *) fail "Kibana answers $status: $body" ;;
esac
[[ $body == *'"success":true'* ]] || fail "Kibana did not import everything: $body"
case $file in
    security-rule.ndjson) echo "imported the rule; what it finds is at ${url%/}/app/security/alerts" ;;
    *) echo "imported $(wc -l <"$objects") objects; begin at ${url%/}/app/dashboards#/view/entrawatch-overview" ;;
esac
