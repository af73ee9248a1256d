# shellcheck shell=bash
# What up.sh, status.sh and down.sh begin with: settings, and the resources in the order of their making.

((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)) || { printf 'bash 4.4 or newer is needed\n' >&2; exit 1; }

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
export CLOUDSDK_CORE_DISABLE_PROMPTS=1
for part in deploy/lib/{console,options,settings,resources,policies,schema}.sh deploy/resources/*.sh; do
  # shellcheck source=/dev/null # each is checked by itself
  . "$part"
done

# start: what every script does once it knows its options.
start() {
  load_settings
  WORK=$(mktemp -d)
  trap 'rm -rf "$WORK"' EXIT
  CERTIFICATE=$(cksum <<<"$DOMAIN")
  CERTIFICATE=$NAME-${CERTIFICATE%% *}
  need_tools
  lookup PROJECT_NUMBER gcloud projects describe "$PROJECT" '--format=value(projectNumber)'
  PUBSUB_AGENT=serviceAccount:service-$PROJECT_NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com
  STORAGE_AGENT=serviceAccount:service-$PROJECT_NUMBER@gs-project-accounts.iam.gserviceaccount.com
  BUILDER=$PROJECT_NUMBER-compute@developer.gserviceaccount.com
  settle_layout
  list_resources
}

need_tools() {
  local tool
  if [[ $DRY_RUN == yes ]]; then return; fi
  for tool in gcloud bq; do
    command -v "$tool" >/dev/null || die "$tool is missing: install the Google Cloud CLI, https://cloud.google.com/sdk/docs/install"
  done
}

has_function() { [[ $MODE == function || $EVERYTHING == yes ]]; }

# Rows have somewhere to go before messages come, and messages before the pixel answers: up.sh loses no hit on the
# way up, down.sh, which goes backwards, none that was sent to a pixel that still answers.
list_resources() {
  local file reader
  RESOURCES=(services agents)
  if has_function; then RESOURCES+=(function_account trigger_account token_creator); fi
  RESOURCES+=(dataset event_table)
  if [[ $LAYOUT == both || $EVERYTHING == yes ]]; then RESOURCES+=(all_events_table); fi
  RESOURCES+=(rejected_table event_retention)
  if has_function; then RESOURCES+=(dataset_grant); fi
  RESOURCES+=(topic dead_letter_topic dead_letter_grant dead_letter_bucket dead_letter_writer dead_letter_reader
    dead_letter_archive)
  if [[ -n $VISITOR_SECRET ]]; then RESOURCES+=(visitor_secret_grant); fi
  if [[ -n $SIGNING_KEYS && $SIGNING_KEYS != "$VISITOR_SECRET" ]]; then RESOURCES+=(signing_keys_grant); fi
  if has_function; then RESOURCES+=(pixel_function pixel_invoker delivery delivery_grant); fi
  if [[ $MODE == direct || $EVERYTHING == yes ]]; then RESOURCES+=(rows_writer rows rows_grant); fi
  if [[ $LAKE == on || $EVERYTHING == yes ]]; then
    RESOURCES+=(lake_bucket lake_writer lake_reader lake_archive lake_table)
  fi
  if [[ $COLLECT == on || $EVERYTHING == yes ]]; then
    RESOURCES+=(collect_account collect_publisher collect_function collect_invoker collect_endpoints)
    if [[ -n $RATE_LIMIT || $EVERYTHING == yes ]]; then RESOURCES+=(rate_policy rate_rule); fi
    RESOURCES+=(collect_service collect_backend)
    if [[ -n $RATE_LIMIT || $EVERYTHING == yes ]]; then RESOURCES+=(rate_attachment); fi
  fi
  if [[ $DASHBOARD == on || $EVERYTHING == yes ]]; then
    RESOURCES+=(dashboard_account dashboard_reading dashboard_asking proxy_agent dashboard_service dashboard_invoker)
    for reader in ${DASHBOARD_READERS//,/ }; do RESOURCES+=("dashboard_reader:$reader"); done
  fi
  if [[ $LOG_FILES == on || $EVERYTHING == yes ]]; then
    RESOURCES+=(log_files_account log_files_bucket log_files_access log_files_receiver log_files_notices
      log_files_function log_files_invoker)
  fi
  RESOURCES+=(pixel_exclusion request_exclusion sink sink_grant)
  RESOURCES+=(pixel_bucket pixel_readers pixel_cors)
  read_static_files
  for file in "${STATIC_FILES[@]}"; do RESOURCES+=("static_object:$file"); done
  RESOURCES+=(backend_bucket pixel_map address certificate https_proxy https_rule redirect_map http_proxy http_rule)
  RESOURCES+=(hits_metric)
  if has_function; then RESOURCES+=(errors_metric rejections_metric); fi
  RESOURCES+=(channel)
  for file in deploy/templates/alerts/*.json; do
    file=${file##*/}
    file=${file%.json}
    # A function's alone: without one, what is rejected becomes a dead letter, and those have an alert of their own.
    if has_function || [[ $file != function-errors && $file != rejections ]]; then RESOURCES+=("policy:$file"); fi
  done
  RESOURCES+=(dashboard)
  for file in $(view_files); do RESOURCES+=("view:$file"); done
  # Last, since few may see a billing account: who may not has all else.
  if [[ -n $BUDGET || $EVERYTHING == yes ]]; then RESOURCES+=(budget_note budget); fi
}
