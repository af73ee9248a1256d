#!/usr/bin/env bash
# Takes the pipeline out of Google Cloud again. Data (dataset, dead letters, lake, log files) stays unless told.
set -euo pipefail

USAGE='usage: deploy/down.sh [--data] [--yes] [--dry-run] [--settings FILE]
  --data           delete the data too: dataset, dead letters, lake, log files. It cannot be brought back
  --yes            do not ask
  --dry-run        call nothing; print the commands, one a line
  --settings FILE  instead of deploy/settings.env'
DRY_RUN=no SETTINGS_FILE='' EVERYTHING=yes WITH_DATA=no SURE=no
# shellcheck source=deploy/lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

own_option() {
  case $1 in
    --data) WITH_DATA=yes SHIFT=1 ;;
    --yes) SURE=yes SHIFT=1 ;;
    --dry-run) DRY_RUN=yes SHIFT=1 ;;
  esac
}
parse_options "$@"

ask() {
  local answer what='the pipeline; its data stays'
  if [[ $DRY_RUN == yes || $SURE == yes ]]; then return; fi
  if [[ $WITH_DATA == yes ]]; then what='the pipeline AND ALL ITS DATA (dataset, dead letters, lake, log files)'; fi
  printf 'This removes %s of %s in %s.\n' "$what" "$NAME" "$PROJECT"
  printf 'Messages that wait in Pub/Sub are lost: docs/deploying.md says how to let them through first.\n'
  printf 'Type the stage (%s) to go on: ' "$STAGE"
  IFS= read -r answer || answer=''
  [[ $answer == "$STAGE" ]] || die 'Nothing was removed.'
}

if [[ $DRY_RUN == yes ]]; then EVERYTHING=no; fi
load_settings
ask
start
heading "$NAME in $PROJECT ($REGION) goes"
for ((i = ${#RESOURCES[@]} - 1; i >= 0; i--)); do remove "${RESOURCES[i]}"; done
