# shellcheck shell=bash
# Cloud Logging: the sink that feeds the topic, what is kept out of _Default, and the metrics counted from entries.

sink() {
  case $1 in
    label) LABEL="log sink $NAME" ;;
    show) gcloud logging sinks describe "$NAME" "--project=$PROJECT" '--format=value(filter)' ;;
    right) RIGHT=$HIT_FILTER ;;
    make)
      run gcloud logging sinks create "$NAME" "pubsub.googleapis.com/$TOPIC_PATH" "--log-filter=$HIT_FILTER" \
        '--description=Pixel hits' "--project=$PROJECT"
      ;;
    mend)
      run gcloud logging sinks update "$NAME" "pubsub.googleapis.com/$TOPIC_PATH" "--log-filter=$HIT_FILTER" \
        "--project=$PROJECT"
      ;;
    drop) run gcloud logging sinks delete "$NAME" "--project=$PROJECT" --quiet ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# Without it the sink drops every entry and says nothing.
sink_grant() {
  local writer=''
  if [[ $1 == show || $1 == make ]]; then
    lookup writer gcloud logging sinks describe "$NAME" "--project=$PROJECT" '--format=value(writerIdentity)'
  fi
  topic_grant "$1" "$NAME" "$writer" 'the log sink'
}

# exclusion WORD ID FILTER: routing to a sink is free, storing in _Default is not.
exclusion() {
  case $1 in
    label) LABEL="exclusion $2" ;;
    show) exclusion_filter "$2" ;;
    right) RIGHT=$3 ;;
    make)
      run gcloud logging sinks update _Default "--add-exclusion=name=$2,filter=$3" "--project=$PROJECT"
      ;;
    mend)
      run gcloud logging sinks update _Default "--update-exclusion=name=$2,filter=$3" "--project=$PROJECT"
      ;;
    drop) run gcloud logging sinks update _Default "--remove-exclusions=$2" "--project=$PROJECT" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

exclusion_filter() {
  local name filter all
  all=$(gcloud logging sinks describe _Default "--project=$PROJECT" '--flatten=exclusions[]' \
    '--format=value(exclusions.name,exclusions.filter)') || return
  while IFS=$'\t' read -r name filter; do
    if [[ $name == "$1" ]]; then printf '%s\n' "$filter"; fi
  done <<<"$all"
}

pixel_exclusion() { exclusion "$1" "$NAME-hits" "$PIXEL_FILTER"; }
request_exclusion() {
  exclusion "$1" "$NAME-requests" "$REQUEST_FILTER AND log_id(\"run.googleapis.com/requests\")"
}

# metric WORD ID DESCRIPTION FILTER: counted from all entries, excluded ones too.
metric() {
  case $1 in
    label) LABEL="metric $2" ;;
    show) gcloud logging metrics describe "$2" "--project=$PROJECT" '--format=value(filter)' ;;
    right) RIGHT=$4 ;;
    make) run gcloud logging metrics create "$2" "--description=$3" "--log-filter=$4" "--project=$PROJECT" ;;
    mend) run gcloud logging metrics update "$2" "--log-filter=$4" "--project=$PROJECT" ;;
    drop) run gcloud logging metrics delete "$2" "--project=$PROJECT" --quiet ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

hits_metric() { metric "$1" "${METRIC}_hits" 'Pixel hits that the load balancer logged' "$HIT_FILTER"; }
errors_metric() {
  metric "$1" "${METRIC}_errors" 'Errors that the function logged' "$FUNCTION_FILTER AND severity>=ERROR"
}
# The function logs its totals once a minute: this counts the lines with new rejections.
rejections_metric() {
  metric "$1" "${METRIC}_rejections" 'Minutes in which the function rejected entries' \
    "$FUNCTION_FILTER AND jsonPayload.message=~\"[1-9][0-9]* newly rejected\""
}
