# shellcheck shell=bash
# COLLECT=on: the function that takes events by POST, behind the load balancer at /collect.

collect_account() { account "$1" "$NAME-collect" 'Runs the collector'; }
collect_publisher() { topic_grant "$1" "$NAME" "serviceAccount:$COLLECT_ACCOUNT" 'the collector'; }

# Reached through the load balancer only. Whoever calls it shows a key, which the function checks itself: with
# --no-allow-unauthenticated, each deployment would take the right to call it from everyone.
collect_function() {
  case $1 in
    label) LABEL="function $NAME-collect" ;;
    show) function_show "$NAME-collect" ;;
    right) RIGHT=ACTIVE ;;
    make | mend | renew)
      render collect.env.yaml
      run gcloud functions deploy "$NAME-collect" --gen2 "--project=$PROJECT" "--region=$REGION" --runtime=dotnet10 \
        --source=. --entry-point=PixelPipeline.Functions.CollectFunction \
        --set-build-env-vars=GOOGLE_BUILDABLE=src/PixelPipeline.Functions "--env-vars-file=$FILE" --trigger-http \
        "--service-account=$COLLECT_ACCOUNT" --cpu=1 "--memory=$MEMORY" "--concurrency=$CONCURRENCY" \
        "--min-instances=$MIN_INSTANCES" "--max-instances=$MAX_INSTANCES" --timeout=60s \
        --ingress-settings=internal-and-gclb --allow-unauthenticated --quiet
      ;;
    drop) function_drop "$NAME-collect" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

collect_invoker() { invoker "$1" "$NAME-collect" allUsers everyone; }

collect_endpoints() {
  case $1 in
    label) LABEL="endpoint group $NAME-collect" ;;
    show)
      gcloud compute network-endpoint-groups describe "$NAME-collect" "--region=$REGION" "--project=$PROJECT" \
        '--format=value(name)'
      ;;
    make)
      run gcloud compute network-endpoint-groups create "$NAME-collect" "--region=$REGION" \
        --network-endpoint-type=serverless "--cloud-run-service=$NAME-collect" "--project=$PROJECT"
      ;;
    drop)
      run gcloud compute network-endpoint-groups delete "$NAME-collect" "--region=$REGION" "--project=$PROJECT" --quiet
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

collect_service() {
  case $1 in
    label) LABEL="backend service $NAME-collect" ;;
    make)
      run gcloud compute backend-services create "$NAME-collect" --global \
        --load-balancing-scheme=EXTERNAL_MANAGED "--project=$PROJECT"
      ;;
    *) thing "$1" backend-services "$NAME-collect" name ;;
  esac
}

collect_backend() {
  case $1 in
    label) LABEL="backend of $NAME-collect" KIND=part ;;
    show)
      gcloud compute backend-services describe "$NAME-collect" --global "--project=$PROJECT" \
        '--format=value(backends[0].group)'
      ;;
    make)
      run gcloud compute backend-services add-backend "$NAME-collect" --global \
        "--network-endpoint-group=$NAME-collect" "--network-endpoint-group-region=$REGION" "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}
