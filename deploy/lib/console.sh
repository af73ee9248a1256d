# shellcheck shell=bash
# What the scripts print, and the one way in which they run a command that changes something.

# Google Cloud answers like this while a new account or grant is still on its way to all of its servers.
readonly NOT_YET='does not exist|Eventarc Service Agent|concurrent policy changes'
readonly ATTEMPTS=6
# shellcheck disable=SC2016 # the text itself: how a looked-up value begins in a printed command
readonly LOOKUP='$('
# What Google Cloud says to who lacks a right, and what is said then of the resource at hand (deploy/lib/resources.sh).
readonly DENIED='PERMISSION_DENIED|does not have permission'
NEEDS=''

say() { [[ $DRY_RUN == yes ]] || printf '%s\n' "$*"; }
tick() { say "  ✓ $*"; }
cross() { say "  ✗ $*"; }
heading() { say "$*"; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Prints words as a shell reads them back. A looked-up value stays a command substitution.
print_command() {
  local word line=''
  for word in "$@"; do
    case $word in
      *"$LOOKUP"*) line+="\"$word\" " ;;
      '' | *[!A-Za-z0-9_./:=@,%+-]*) line+="'${word//\'/\'\\\'\'}' " ;;
      *) line+="$word " ;;
    esac
  done
  printf '%s' "${line% }"
}

# with_needs ERROR: the error, and the right that was missing where it is known.
with_needs() {
  printf '%s' "$1"
  if [[ -n $NEEDS && $1 =~ $DENIED && $1 != *"$NEEDS"* ]]; then printf '\n%s' "$NEEDS"; fi
}

# run COMMAND…: runs it, or only prints it. Ends the script if the command fails; where Google Cloud says
# that what was just made is not known everywhere yet, it is tried again first.
run() {
  if [[ $DRY_RUN == yes ]]; then
    print_command "$@"
    printf '\n'
    return
  fi
  local attempt output
  for ((attempt = 1; ; attempt++)); do
    if output=$("$@" 2>&1 </dev/null); then return; fi
    if ((attempt == ATTEMPTS)) || ! [[ $output =~ $NOT_YET ]]; then break; fi
    sleep "${RETRY_SECONDS:-10}"
  done
  cross "$LABEL"
  printf '%s\n' "$(with_needs "$output")" >&2
  die "failed: $(print_command "$@")
Nothing is lost: mend the cause, then run the same command again; it goes on where it stopped."
}

# run_sql FILE: one statement file through bq, which reads it from its standard input.
run_sql() {
  local file=$1 output
  local command=(bq "--project_id=$PROJECT" "--location=$DATASET_LOCATION" --headless query --use_legacy_sql=false)
  if [[ $DRY_RUN == yes ]]; then
    printf '%s < %s\n' "$(print_command "${command[@]}")" "$(print_command "$file")"
  elif ! output=$("${command[@]}" <"$file" 2>&1); then
    cross "$LABEL"
    printf '%s\n' "$output" >&2
    die "failed: $(print_command "${command[@]}") < $file"
  fi
}

# lookup VARIABLE COMMAND…: what the command prints; in a dry run the command substitution that would fetch it.
lookup() {
  local variable=$1 value
  shift
  if [[ $DRY_RUN == yes ]]; then
    value="$LOOKUP$(print_command "$@"))"
  elif ! value=$("$@" 2>"$WORK/lookup" </dev/null); then
    printf '%s\n' "$(with_needs "$(<"$WORK/lookup")")" >&2
    die "failed: $(print_command "$@")"
  fi
  [[ -n $value ]] || die "not found by: $(print_command "$@")"
  printf -v "$variable" '%s' "$value"
}
