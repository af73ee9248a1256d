# shellcheck shell=bash
# MODE=direct: in place of the function, a subscription that transforms each message and writes the row (docs/direct.md).

# Sets FILE to the transform, which the pixel command makes of the schema: that takes the .NET SDK.
make_transform() {
  local command=(./pixel transform --schema deploy/schema.json --pixel-path "$PIXEL_PATH" --remote-ip "$REMOTE_IP")
  FILE=$RENDERED/transform.json
  if [[ $DRY_RUN == yes ]]; then
    printf '%s > %s\n' "$(print_command "${command[@]}")" "$(print_command "$FILE")"
    return
  fi
  mkdir -p "${FILE%/*}"
  "${command[@]}" >"$FILE" </dev/null || die "failed: $(print_command "${command[@]}")"
}

# A subscription that cannot write says so in its state: a grant is missing, or a column.
rows() {
  case $1 in
    label) LABEL="subscription $ROWS: rows into $TABLE" ;;
    show)
      gcloud pubsub subscriptions describe "$ROWS" "--project=$PROJECT" \
        '--format=value(bigqueryConfig.table,bigqueryConfig.state,deadLetterPolicy.deadLetterTopic)'
      ;;
    right) printf -v RIGHT '%s\t' "$PROJECT.$DATASET.$TABLE" ACTIVE && RIGHT+=projects/$PROJECT/topics/$DEAD_LETTERS ;;
    make)
      make_transform
      run gcloud pubsub subscriptions create "$ROWS" "--topic=$NAME" "--bigquery-table=$PROJECT:$DATASET.$TABLE" \
        --use-table-schema "--message-transforms-file=$FILE" --ack-deadline=60 "--dead-letter-topic=$DEAD_LETTERS" \
        --max-delivery-attempts=100 --min-retry-delay=10s --max-retry-delay=600s --message-retention-duration=7d \
        --expiration-period=never "--project=$PROJECT"
      ;;
    mend | renew)
      make_transform
      run gcloud pubsub subscriptions update "$ROWS" "--bigquery-table=$PROJECT:$DATASET.$TABLE" --use-table-schema \
        "--message-transforms-file=$FILE" "--dead-letter-topic=$DEAD_LETTERS" --max-delivery-attempts=100 \
        "--project=$PROJECT"
      ;;
    drop) run gcloud pubsub subscriptions delete "$ROWS" "--project=$PROJECT" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# On this table alone. It has to be there before the subscription, which is refused otherwise.
rows_writer() {
  local role=roles/bigquery.dataEditor
  case $1 in
    label) LABEL="grant: Pub/Sub may write to $TABLE" KIND=part ;;
    show) table_writer "$role" ;;
    make) bq_run add-iam-policy-binding "--member=$PUBSUB_AGENT" "--role=$role" "$PROJECT:$DATASET.$TABLE" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

table_writer() {
  local policy
  if ! policy=$(bq "--project_id=$PROJECT" --headless get-iam-policy --format=json "$PROJECT:$DATASET.$TABLE"); then
    printf '%s\n' "$policy"
    return 1
  fi
  if [[ $policy == *"\"$1\""* && $policy == *"\"$PUBSUB_AGENT\""* ]]; then printf '%s\n' "$1"; fi
}

# To move a message to the dead letters, Pub/Sub has to acknowledge it first.
rows_grant() {
  local role=roles/pubsub.subscriber
  case $1 in
    label) LABEL="grant: Pub/Sub may take messages out of $ROWS" KIND=part ;;
    show)
      granted "$role" "$PUBSUB_AGENT" gcloud pubsub subscriptions get-iam-policy "$ROWS" "--project=$PROJECT"
      ;;
    make)
      run gcloud pubsub subscriptions add-iam-policy-binding "$ROWS" "--member=$PUBSUB_AGENT" "--role=$role" \
        "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}
