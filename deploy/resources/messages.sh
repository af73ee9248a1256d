# shellcheck shell=bash
# Pub/Sub: the topic, the dead letters on their way to a bucket, and the lake.

topic() { make_topic "$1" "$NAME"; }
dead_letter_topic() { make_topic "$1" "$DEAD_LETTERS"; }

make_topic() {
  case $1 in
    label) LABEL="topic $2" ;;
    show) gcloud pubsub topics describe "$2" "--project=$PROJECT" '--format=value(name)' ;;
    make) run gcloud pubsub topics create "$2" "--project=$PROJECT" ;;
    drop) run gcloud pubsub topics delete "$2" "--project=$PROJECT" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# topic_grant WORD TOPIC MEMBER WHO
topic_grant() {
  case $1 in
    label) LABEL="grant: $4 may publish to $2" KIND=part ;;
    show)
      granted roles/pubsub.publisher "$3" gcloud pubsub topics get-iam-policy "$2" "--project=$PROJECT"
      ;;
    make)
      run gcloud pubsub topics add-iam-policy-binding "$2" "--member=$3" --role=roles/pubsub.publisher \
        "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

dead_letter_grant() { topic_grant "$1" "$DEAD_LETTERS" "$PUBSUB_AGENT" Pub/Sub; }

# raw_bucket WORD BUCKET [PREFIX]: a private bucket whose objects (all, or those under the prefix) end after RAW_DAYS,
# and are gone then: raw entries hold addresses. Left to itself, Cloud Storage keeps what was deleted for 7 days more.
raw_bucket() {
  local PREFIX=${3:-} rule=expire.json
  if [[ -n $PREFIX ]]; then rule=expire-prefix.json; fi
  case $1 in
    label) LABEL="bucket $2" KIND=data ;;
    show)
      gcloud storage buckets describe "gs://$2" "--project=$PROJECT" \
        '--format=value(name,lifecycle_config.rule[0].condition.age,lifecycle_config.rule[0].condition.matchesPrefix,soft_delete_policy.retentionDurationSeconds)'
      ;;
    right) RIGHT=$2$'\t'$RAW_DAYS$'\t'$PREFIX$'\t'0 ;;
    make)
      render "$rule"
      run gcloud storage buckets create "gs://$2" "--location=$DATASET_LOCATION" --uniform-bucket-level-access \
        --public-access-prevention --soft-delete-duration=0 "--project=$PROJECT"
      run gcloud storage buckets update "gs://$2" "--lifecycle-file=$FILE" "--project=$PROJECT"
      ;;
    mend)
      render "$rule"
      run gcloud storage buckets update "gs://$2" "--lifecycle-file=$FILE" --soft-delete-duration=0 "--project=$PROJECT"
      ;;
    drop) run gcloud storage rm "gs://$2" --recursive "--project=$PROJECT" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

dead_letter_bucket() { raw_bucket "$1" "$DEAD_LETTERS_BUCKET"; }
lake_bucket() { raw_bucket "$1" "$LAKE_BUCKET"; }

# bucket_grant WORD BUCKET ROLE: what a Cloud Storage subscription needs is to add objects and to see the bucket.
bucket_grant() {
  case $1 in
    label) LABEL="grant: Pub/Sub is ${3#roles/storage.} on $2" KIND=part ;;
    show)
      granted "$3" "$PUBSUB_AGENT" gcloud storage buckets get-iam-policy "gs://$2" "--project=$PROJECT"
      ;;
    make)
      run gcloud storage buckets add-iam-policy-binding "gs://$2" "--member=$PUBSUB_AGENT" "--role=$3" \
        "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

dead_letter_writer() { bucket_grant "$1" "$DEAD_LETTERS_BUCKET" roles/storage.objectCreator; }
dead_letter_reader() { bucket_grant "$1" "$DEAD_LETTERS_BUCKET" roles/storage.legacyBucketReader; }
lake_writer() { bucket_grant "$1" "$LAKE_BUCKET" roles/storage.objectCreator; }
lake_reader() { bucket_grant "$1" "$LAKE_BUCKET" roles/storage.legacyBucketReader; }

# archive WORD SUBSCRIPTION TOPIC BUCKET: writes raw entries, one JSON line each, to
# gs://BUCKET/entries/date=YYYY-MM-DD/…jsonl. Without an end of its own: a subscription that nothing comes
# through would otherwise vanish after 31 days.
archive() {
  case $1 in
    label) LABEL="subscription $2" ;;
    show)
      gcloud pubsub subscriptions describe "$2" "--project=$PROJECT" '--format=value(cloudStorageConfig.bucket)'
      ;;
    make)
      run gcloud pubsub subscriptions create "$2" "--topic=$3" "--cloud-storage-bucket=$4" \
        --cloud-storage-file-prefix=entries/date= --cloud-storage-file-datetime-format=YYYY-MM-DD/hh_mm_ssZ \
        --cloud-storage-file-suffix=.jsonl --cloud-storage-output-format=text --cloud-storage-max-bytes=5MB \
        --cloud-storage-max-duration=5m --ack-deadline=60 --message-retention-duration=7d --expiration-period=never \
        "--project=$PROJECT"
      ;;
    drop) run gcloud pubsub subscriptions delete "$2" "--project=$PROJECT" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

dead_letter_archive() { archive "$1" "$DEAD_LETTERS" "$DEAD_LETTERS" "$DEAD_LETTERS_BUCKET"; }
lake_archive() { archive "$1" "$NAME-lake" "$NAME" "$LAKE_BUCKET"; }

# Reads the lake in place. BigQuery needs an object to learn the partitions from only when it is queried.
lake_table() {
  case $1 in
    label) LABEL='table lake' KIND=part ;;
    show) bq_show "$PROJECT:$DATASET.lake" ;;
    make | renew)
      render_sql deploy/sql/lake.sql
      run_sql "$FILE"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}
