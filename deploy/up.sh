#!/usr/bin/env bash
# Puts the pipeline into Google Cloud, or brings what is there up to date. Safe to run again at any time: what is
# there and right is left alone, what a broken-off run left undone is done.
set -euo pipefail

USAGE='usage: deploy/up.sh [--dry-run] [--settings FILE] [--only NAME]
  --dry-run        call nothing; print the commands that a first run would run, one a line
  --settings FILE  instead of deploy/settings.env
  --only NAME      only the parts whose name begins so: views, pixel_function, policy, …'
DRY_RUN=no SETTINGS_FILE='' EVERYTHING=no WITH_DATA=no ONLY='' WRONG=0
# shellcheck source=deploy/lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

own_option() {
  case $1 in
    --dry-run) DRY_RUN=yes SHIFT=1 ;;
    --only)
      need_value "$1" "$2" name
      ONLY=$2 SHIFT=2
      ;;
  esac
}
parse_options "$@"

# A deployment of the pixel function may make its subscription anew: the delivery comes with it.
only_these() {
  local resource chosen=()
  for resource in "${RESOURCES[@]}"; do
    if [[ $resource == "${ONLY%s}"* || ($resource == delivery* && " ${chosen[*]} " == *' pixel_function '*) ]]; then
      chosen+=("$resource")
    fi
  done
  ((${#chosen[@]} > 0)) || usage_error "--only $ONLY: no part's name begins so"
  RESOURCES=("${chosen[@]}")
}

check_policies() {
  if [[ $DRY_RUN == yes ]]; then return; fi
  report_policies
  ((WRONG == 0)) || die "Nothing was made: mend what the organisation's policies stop, then run the same command again."
}

# What was on and is now switched off goes; its files stay.
stop_unwanted() {
  local resource unwanted=()
  if [[ $DRY_RUN == yes || -n $ONLY ]]; then return; fi
  # Of the two that write rows only one may, or each event stands twice.
  [[ $MODE == direct ]] || unwanted+=(rows)
  [[ $MODE == function ]] || unwanted+=(policy:rejections policy:function-errors rejections_metric errors_metric
    pixel_function dataset_grant trigger_account function_account)
  [[ $LAKE == on ]] || unwanted+=(lake_archive)
  [[ -n $RATE_LIMIT ]] || unwanted+=(rate_attachment rate_policy)
  [[ $COLLECT == on ]] || unwanted+=(collect_service collect_endpoints collect_function collect_account)
  [[ $DASHBOARD == on ]] || unwanted+=(dashboard_service dashboard_asking dashboard_reading dashboard_account)
  [[ $LOG_FILES == on ]] || unwanted+=(log_files_function log_files_receiver log_files_account)
  [[ -n $BUDGET ]] || unwanted+=(budget budget_note)
  ((${#unwanted[@]} == 0)) || for resource in "${unwanted[@]}"; do remove "$resource"; done
}

say_what_is_next() {
  local ip
  if [[ $DRY_RUN == yes || -n $ONLY ]]; then return; fi
  lookup ip gcloud compute addresses describe "$NAME" --global "--project=$PROJECT" '--format=value(address)'
  say ''
  say "Point the A record of $DOMAIN to $ip; the certificate follows within the hour."
  if [[ $DASHBOARD == on ]]; then
    lookup ip gcloud run services describe "$NAME-dashboard" "--region=$REGION" "--project=$PROJECT" '--format=value(status.url)'
    say "The dashboard, for DASHBOARD_READERS: $ip"
  fi
  say "Then: https://$DOMAIN$PIXEL_PATH?user_id=test&type=open"
  say 'How it is: deploy/status.sh'
}

start
if [[ -n $ONLY ]]; then only_these; fi
heading "$NAME in $PROJECT ($REGION), settings: $SETTINGS_FILE"
check_policies
check_schema
for resource in "${RESOURCES[@]}"; do ensure "$resource"; done
stop_unwanted
say_what_is_next
