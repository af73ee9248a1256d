# shellcheck shell=bash
# LOG_FILES=on: log files that land in a bucket are summarised under another prefix of it.

log_files_account() { account "$1" "$NAME-log-files" 'Summarises log files'; }
# The log files end like other raw entries, their summaries stay.
log_files_bucket() { raw_bucket "$1" "$LOG_FILES_BUCKET" "$DROP_PREFIX"; }

log_files_access() {
  local role=roles/storage.objectUser member=serviceAccount:$LOG_FILES_ACCOUNT
  case $1 in
    label) LABEL="grant: $NAME-log-files may read and write $LOG_FILES_BUCKET" KIND=part ;;
    show)
      granted "$role" "$member" gcloud storage buckets get-iam-policy "gs://$LOG_FILES_BUCKET" "--project=$PROJECT"
      ;;
    make)
      run gcloud storage buckets add-iam-policy-binding "gs://$LOG_FILES_BUCKET" "--member=$member" "--role=$role" \
        "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# project_grant WORD ROLE MEMBER WHO
project_grant() {
  case $1 in
    label) LABEL="grant: $4 is ${2#roles/} in $PROJECT" ;;
    show)
      granted "$2" "$3" gcloud projects get-iam-policy "$PROJECT"
      ;;
    make)
      run gcloud projects add-iam-policy-binding "$PROJECT" "--member=$3" "--role=$2" --condition=None
      ;;
    drop)
      run gcloud projects remove-iam-policy-binding "$PROJECT" "--member=$3" "--role=$2" --condition=None
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

log_files_receiver() {
  project_grant "$1" roles/eventarc.eventReceiver "serviceAccount:$LOG_FILES_ACCOUNT" "$NAME-log-files"
}

# Cloud Storage announces new objects over Pub/Sub. All stages share this grant, so down.sh leaves it.
log_files_notices() {
  if [[ $1 == label ]]; then KIND=part; fi
  project_grant "$1" roles/pubsub.publisher "$STORAGE_AGENT" 'Cloud Storage'
}

log_files_function() {
  local name=$NAME-log-files
  case $1 in
    label) LABEL="function $name" ;;
    show) function_show "$name" ;;
    right) RIGHT=ACTIVE ;;
    make | mend | renew)
      render log-files.env.yaml
      run gcloud functions deploy "$name" --gen2 "--project=$PROJECT" "--region=$REGION" --runtime=dotnet10 \
        --source=. --entry-point=PixelPipeline.Functions.LogFileFunction \
        --set-build-env-vars=GOOGLE_BUILDABLE=src/PixelPipeline.Functions "--env-vars-file=$FILE" \
        --trigger-event-filters=type=google.cloud.storage.object.v1.finalized \
        "--trigger-event-filters=bucket=$LOG_FILES_BUCKET" "--trigger-location=${DATASET_LOCATION,,}" \
        "--trigger-service-account=$LOG_FILES_ACCOUNT" --retry "--service-account=$LOG_FILES_ACCOUNT" --cpu=1 \
        --memory=1Gi --concurrency=1 "--max-instances=$MAX_INSTANCES" --timeout=540s \
        --ingress-settings=internal-only --no-allow-unauthenticated --quiet
      ;;
    drop) function_drop "$name" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

log_files_invoker() { invoker "$1" "$NAME-log-files" "serviceAccount:$LOG_FILES_ACCOUNT" "$NAME-log-files"; }
