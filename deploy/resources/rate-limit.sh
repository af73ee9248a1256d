# shellcheck shell=bash
# RATE_LIMIT=…: Cloud Armor answers 429 to an address that posts to the collector more often, before the function runs.

rate_policy() {
  case $1 in
    label) LABEL="security policy $NAME-collect" ;;
    make)
      run gcloud compute security-policies create "$NAME-collect" --global --type=CLOUD_ARMOR \
        '--description=Rate of requests to the collector' "--project=$PROJECT"
      ;;
    *) thing "$1" security-policies "$NAME-collect" name ;;
  esac
}

rate_rule() {
  local priority=1000 rule
  rule=("$priority" "--security-policy=$NAME-collect" '--src-ip-ranges=*' --action=throttle
    "--rate-limit-threshold-count=$RATE_LIMIT" --rate-limit-threshold-interval-sec=60 --conform-action=allow
    --exceed-action=deny-429 --enforce-on-key=IP "--project=$PROJECT")
  case $1 in
    label) LABEL="rate limit: $RATE_LIMIT requests a minute from one address" KIND=part ;;
    show) rule_facts "$priority" ;;
    right) RIGHT="throttle $RATE_LIMIT in 60 s" ;;
    make) run gcloud compute security-policies rules create "${rule[@]}" ;;
    mend) run gcloud compute security-policies rules update "${rule[@]}" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# rule_facts PRIORITY: what the policy does at that place, if anything.
rule_facts() {
  local all priority action count seconds
  all=$(gcloud compute security-policies describe "$NAME-collect" --global "--project=$PROJECT" '--flatten=rules[]' \
    '--format=value(rules.priority,rules.action,rules.rateLimitOptions.rateLimitThreshold.count,rules.rateLimitOptions.rateLimitThreshold.intervalSec)') || return
  while IFS=$'\t' read -r priority action count seconds; do
    if [[ $priority == "$1" ]]; then printf '%s %s in %s s\n' "$action" "$count" "$seconds"; fi
  done <<<"$all"
}

# A policy of somebody else's is none of ours: it stays where RATE_LIMIT is empty.
rate_attachment() {
  case $1 in
    label) LABEL="rate limit in front of $NAME-collect" ;;
    show) attached_policy ;;
    make)
      run gcloud compute backend-services update "$NAME-collect" --global "--security-policy=$NAME-collect" \
        "--project=$PROJECT"
      ;;
    drop) run gcloud compute backend-services update "$NAME-collect" --global --security-policy '' "--project=$PROJECT" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

attached_policy() {
  local policy
  policy=$(thing show backend-services "$NAME-collect" securityPolicy) || return
  if [[ ${policy##*/} == "$NAME-collect" ]]; then printf '%s\n' "${policy##*/}"; fi
}
