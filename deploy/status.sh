#!/usr/bin/env bash
# Says of each part whether it is there and right, and what to do if not. Changes nothing; exit 1 if anything is wrong.
set -euo pipefail

USAGE='usage: deploy/status.sh [--settings FILE]'
DRY_RUN=no SETTINGS_FILE='' EVERYTHING=no WRONG=0
# shellcheck source=deploy/lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

own_option() { :; } # it takes none
parse_options "$@"

# Limits of BigQuery: 1,000 tables in one query with a wildcard, and listing slows from 50,000 tables in a dataset.
report_tables() {
  if [[ $LAYOUT == partitioned ]]; then return; fi
  number_of_tables
  local way_out='./pixel migrate to the layout both: its answers have no such limit'
  if ((TABLE_COUNT >= 40000)); then
    say "  ! $TABLE_COUNT tables; listing them slows from 50,000 on: delete old ones soon; $way_out"
  elif [[ $LAYOUT == template ]] && ((TABLE_COUNT >= 800)); then
    say "  ! $TABLE_COUNT tables; a query over all of them ends at 1,000: use a narrower prefix (one user's); $way_out"
  else
    tick "$TABLE_COUNT tables"
  fi
}

report_certificate() {
  local state
  if ! state=$(gcloud compute ssl-certificates describe "$CERTIFICATE" --global "--project=$PROJECT" \
    '--format=value(managed.status)' 2>/dev/null); then return; fi
  if [[ $state == ACTIVE ]]; then
    tick 'the certificate is active'
  else
    cross "the certificate is $state: does the A record of $DOMAIN point to the address? It takes up to an hour then"
    WRONG=$((WRONG + 1))
  fi
}

# An account of this stage that may do something in all of the project may do it to everything there. It has what it needs
# on its own things alone, but for Eventarc's role and the dashboard's to run queries, which there are for projects only.
report_wider_grants() {
  local role member wide=0
  look_at_roles
  while IFS=$'\t' read -r role member; do
    [[ $member == "serviceAccount:$NAME-"*"@$PROJECT.iam.gserviceaccount.com" ]] || continue
    if [[ $role == roles/eventarc.eventReceiver && $member == "serviceAccount:$LOG_FILES_ACCOUNT" ]]; then continue; fi
    if [[ $role == roles/bigquery.jobUser && $member == "serviceAccount:$DASHBOARD_ACCOUNT" ]]; then continue; fi
    cross "${member#serviceAccount:} has $role in all of the project and needs it nowhere: gcloud projects remove-iam-policy-binding $PROJECT --member=$member --role=$role --condition=None"
    wide=$((wide + 1))
  done <<<"$ROLES"
  WRONG=$((WRONG + wide))
  if ((wide == 0)); then tick 'no account may do more than it needs in the project'; fi
}

start
heading "$NAME in $PROJECT ($REGION), settings: $SETTINGS_FILE"
report_policies
for resource in "${RESOURCES[@]}"; do report "$resource"; done
report_certificate
report_tables
report_wider_grants
if ((WRONG > 0)); then die "$WRONG to mend"; fi
say 'All is well.'
