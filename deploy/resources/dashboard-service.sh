# shellcheck shell=bash
# DASHBOARD=on: the live dashboard on Cloud Run, behind Identity-Aware Proxy, as an account that only reads.

dashboard_account() { account "$1" "$NAME-dashboard" 'Runs the dashboard, which only reads'; }

dashboard_reading() {
  case $1 in
    label) LABEL='grant: the dashboard may read the dataset' ;;
    show) dataset_member "$DASHBOARD_ACCOUNT" ;;
    make)
      render grant-reading.sql
      run_sql "$FILE"
      ;;
    drop)
      render revoke-reading.sql
      run_sql "$FILE"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

dashboard_asking() {
  local role=roles/bigquery.jobUser member=serviceAccount:$DASHBOARD_ACCOUNT
  case $1 in
    label) LABEL='grant: the dashboard may run queries' ;;
    show)
      granted "$role" "$member" gcloud projects get-iam-policy "$PROJECT"
      ;;
    make) run gcloud projects add-iam-policy-binding "$PROJECT" "--member=$member" "--role=$role" --condition=None ;;
    drop) run gcloud projects remove-iam-policy-binding "$PROJECT" "--member=$member" "--role=$role" --condition=None ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

proxy_agent() {
  case $1 in
    label) LABEL='service agent of Identity-Aware Proxy' KIND=part ;;
    show) printf 'asked for\n' ;;
    make | renew) run gcloud beta services identity create --service=iap.googleapis.com "--project=$PROJECT" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# One instance: all who look share its readings. An open page is one long request.
dashboard_service() {
  local environment="^|^Dashboard__Project=$PROJECT|Dashboard__Dataset=$DATASET|Dashboard__Table=$TABLE" # in a file, a dry run could not look the number up
  environment+="|Dashboard__Audience=/projects/$PROJECT_NUMBER/locations/$REGION/services/$NAME-dashboard"
  environment+="|Dashboard__TimeZone=$DASHBOARD_TIME_ZONE|Dashboard__MaxMegabytes=$DASHBOARD_MEGABYTES"
  case $1 in
    label) LABEL="service $NAME-dashboard, behind Identity-Aware Proxy" ;;
    show)
      gcloud beta run services describe "$NAME-dashboard" "--region=$REGION" "--project=$PROJECT" \
        '--format=value(metadata.annotations["run.googleapis.com/iap-enabled"])'
      ;;
    right) RIGHT=true ;;
    make | mend | renew)
      run gcloud beta run deploy "$NAME-dashboard" "--project=$PROJECT" "--region=$REGION" --source=. \
        --set-build-env-vars=GOOGLE_BUILDABLE=src/PixelPipeline.Dashboard "--set-env-vars=$environment" \
        "--service-account=$DASHBOARD_ACCOUNT" --cpu=1 --memory=512Mi --concurrency=80 --min-instances=0 \
        --max-instances=1 --timeout=3600s --ingress=all --no-allow-unauthenticated --iap --quiet
      ;;
    drop) run gcloud run services delete "$NAME-dashboard" "--project=$PROJECT" "--region=$REGION" --quiet ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

dashboard_invoker() {
  local role=roles/run.invoker member=serviceAccount:service-$PROJECT_NUMBER@gcp-sa-iap.iam.gserviceaccount.com
  case $1 in
    label) LABEL="grant: Identity-Aware Proxy may call $NAME-dashboard" KIND=part ;;
    show)
      granted "$role" "$member" gcloud run services get-iam-policy "$NAME-dashboard" "--project=$PROJECT" "--region=$REGION"
      ;;
    make)
      run gcloud run services add-iam-policy-binding "$NAME-dashboard" "--member=$member" "--role=$role" \
        "--project=$PROJECT" "--region=$REGION"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# dashboard_reader WORD MEMBER, such as group:team@example.com
dashboard_reader() {
  local role=roles/iap.httpsResourceAccessor
  local service=(--resource-type=cloud-run "--service=$NAME-dashboard" "--region=$REGION" "--project=$PROJECT")
  case $1 in
    label) LABEL="grant: $2 may see the dashboard" KIND=part ;;
    show)
      granted "$role" "$2" gcloud beta iap web get-iam-policy "${service[@]}"
      ;;
    make) run gcloud beta iap web add-iam-policy-binding "${service[@]}" "--member=$2" "--role=$role" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}
