# shellcheck shell=bash
# The pixel function, and the subscription that Eventarc makes for it.

# One vCPU and many events at once, or group commit has nothing to group. --retry, or a failed event is gone.
pixel_function() {
  local secrets=(--clear-secrets) named='' # or one that was named before stays
  if [[ -n $VISITOR_SECRET ]]; then named=,Pixel__VisitorSecret=$VISITOR_SECRET:latest; fi
  if [[ -n $SIGNING_KEYS ]]; then named+=,Pixel__SigningKeys=$SIGNING_KEYS:latest; fi
  if [[ -n $named ]]; then secrets=("--set-secrets=${named:1}"); fi
  case $1 in
    label) LABEL="function $NAME" ;;
    show) function_show "$NAME" ;;
    right) RIGHT=ACTIVE ;;
    make | mend | renew)
      render function.env.yaml
      run gcloud functions deploy "$NAME" --gen2 "--project=$PROJECT" "--region=$REGION" --runtime=dotnet10 \
        --source=. --entry-point=PixelPipeline.Functions.PixelFunction \
        --set-build-env-vars=GOOGLE_BUILDABLE=src/PixelPipeline.Functions "--env-vars-file=$FILE" \
        "--trigger-topic=$NAME" "--trigger-service-account=$TRIGGER_ACCOUNT" --retry \
        "--service-account=$FUNCTION_ACCOUNT" --cpu=1 "--memory=$MEMORY" "--concurrency=$CONCURRENCY" "${secrets[@]}" \
        "--min-instances=$MIN_INSTANCES" "--max-instances=$MAX_INSTANCES" --timeout=60s \
        --ingress-settings=internal-only --no-allow-unauthenticated --quiet
      ;;
    drop) function_drop "$NAME" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# The secrets themselves are the operator's: docs/columns.md and docs/signing.md say how to make them.
visitor_secret_grant() { secret_grant "$1" "$VISITOR_SECRET"; }
signing_keys_grant() { secret_grant "$1" "$SIGNING_KEYS"; }

# secret_grant WORD SECRET
secret_grant() {
  local role=roles/secretmanager.secretAccessor member=serviceAccount:$FUNCTION_ACCOUNT
  case $1 in
    label) LABEL="grant: the function may read the secret $2" KIND=part ;;
    show)
      granted "$role" "$member" gcloud secrets get-iam-policy "$2" "--project=$PROJECT"
      ;;
    make)
      run gcloud secrets add-iam-policy-binding "$2" "--member=$member" "--role=$role" \
        "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# FAILED is a function whose last deployment went wrong: it may be there and answer nothing.
function_show() {
  gcloud functions describe "$1" --gen2 "--project=$PROJECT" "--region=$REGION" '--format=value(state)'
}

function_drop() {
  run gcloud functions delete "$1" --gen2 "--project=$PROJECT" "--region=$REGION" --quiet
}

# invoker WORD SERVICE MEMBER WHO
invoker() {
  case $1 in
    label) LABEL="grant: $4 may call $2" KIND=part ;;
    show)
      granted roles/run.invoker "$3" gcloud run services get-iam-policy "$2" "--project=$PROJECT" "--region=$REGION"
      ;;
    make)
      run gcloud functions add-invoker-policy-binding "$2" "--project=$PROJECT" "--region=$REGION" "--member=$3"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

pixel_invoker() { invoker "$1" "$NAME" "serviceAccount:$TRIGGER_ACCOUNT" 'the trigger account'; }

# Sets SUBSCRIPTION: Eventarc chooses its name, and a deployment may make a new one, so it is asked for each time.
# Of the topic's subscriptions it is the one that pushes.
find_subscription() {
  lookup SUBSCRIPTION gcloud pubsub subscriptions list "--project=$PROJECT" \
    "--filter=topic=$TOPIC_PATH AND pushConfig.pushEndpoint:*" '--format=value(name)'
  [[ $SUBSCRIPTION != *$'\n'* ]] ||
    die "two subscriptions push from topic $NAME, so hits are handled twice; delete the one that is not the function's: ${SUBSCRIPTION//$'\n'/ }"
}

# 100 attempts, 10 s to 600 s apart, last about 16 hours: within the 24 hours that Eventarc's subscription keeps a
# message by itself, and the 7 days that it is told to here.
delivery() {
  case $1 in
    label) LABEL='delivery: ack deadline 60 s, 100 attempts, then dead letters' KIND=part ;;
    show)
      find_subscription
      gcloud pubsub subscriptions describe "$SUBSCRIPTION" "--project=$PROJECT" \
        '--format=value(ackDeadlineSeconds,deadLetterPolicy.deadLetterTopic,deadLetterPolicy.maxDeliveryAttempts,retryPolicy.minimumBackoff,retryPolicy.maximumBackoff)'
      ;;
    right) printf -v RIGHT '%s\t' 60 "projects/$PROJECT/topics/$DEAD_LETTERS" 100 10s && RIGHT+=600s ;;
    make | mend)
      find_subscription
      run gcloud pubsub subscriptions update "$SUBSCRIPTION" --ack-deadline=60 "--dead-letter-topic=$DEAD_LETTERS" \
        --max-delivery-attempts=100 --min-retry-delay=10s --max-retry-delay=600s --message-retention-duration=7d \
        --expiration-period=never "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# To move a message to the dead letters, Pub/Sub has to acknowledge it first.
delivery_grant() {
  local role=roles/pubsub.subscriber
  case $1 in
    label) LABEL='grant: Pub/Sub may take messages out for the dead letters' KIND=part ;;
    show)
      find_subscription
      granted "$role" "$PUBSUB_AGENT" gcloud pubsub subscriptions get-iam-policy "$SUBSCRIPTION" "--project=$PROJECT"
      ;;
    make)
      find_subscription
      run gcloud pubsub subscriptions add-iam-policy-binding "$SUBSCRIPTION" "--member=$PUBSUB_AGENT" "--role=$role" \
        "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}
