# shellcheck shell=bash
# A resource is a function, or function:ITEM where one serves several. It answers to these words:
#   label   sets LABEL, and where they apply: KIND=data (kept by down.sh unless told otherwise), KIND=part (vanishes
#           with what it belongs to, so it has no drop of its own), WAITS=reason (cannot be made yet), NEEDS=sentence
#           (said where Google Cloud refuses it for want of a right)
#   show    prints facts about it, or nothing, or fails with "not found", where it is not there
#   right   sets RIGHT to the facts that show should print (left out: being there is enough)
#   make    makes it;  mend  puts its facts right;  drop  takes it away
#   renew   what every run of up.sh does when it is there already (left out: nothing)
# Any other word gives UNKNOWN_WORD. Order of RESOURCES: each one after all that it needs.

readonly UNKNOWN_WORD=64
readonly NOT_FOUND="not[ _]found|(^|[^0-9])404([^0-9]|$)|unknown service account|it is disabled|not enabled"

describe() {
  KIND='' RIGHT='' WAITS='' NEEDS=''
  tell "$1" label
  tell "$1" right || [[ $? == "$UNKNOWN_WORD" ]]
}

# tell RESOURCE WORD
tell() { "${1%%:*}" "$2" "${1#*:}"; }

# Sets FACTS to what is there. Only "not found" (or a service still switched off) means that it is not: any other
# failure ends the script.
look() {
  local output
  if ! output=$(tell "$1" show 2>"$WORK/errors" </dev/null); then
    output+=$(<"$WORK/errors")
    [[ ${output,,} =~ $NOT_FOUND ]] || die "cannot see $LABEL: $(with_needs "$output")"
    output=''
  fi
  FACTS=$output
}

is_right() { [[ -z $RIGHT || $FACTS == "$RIGHT" ]]; }

# up.sh: makes what is missing, mends what is wrong, leaves the rest alone.
ensure() {
  describe "$1"
  if [[ -n $WAITS ]]; then
    say "  … $LABEL: $WAITS"
    return
  fi
  if [[ $DRY_RUN == yes ]]; then
    tell "$1" make
    return
  fi
  look "$1"
  if [[ -z $FACTS ]]; then
    tell "$1" make
    tick "$LABEL: made"
  elif ! is_right; then
    tell "$1" mend
    tick "$LABEL: mended"
  elif tell "$1" renew; then
    tick "$LABEL: renewed"
  else
    [[ $? == "$UNKNOWN_WORD" ]] || exit 1
    tick "$LABEL"
  fi
}

# status.sh: says whether it is there and right, and what to do if not.
report() {
  describe "$1"
  if [[ -n $WAITS ]]; then
    say "  … $LABEL: $WAITS"
    return
  fi
  look "$1"
  if [[ -z $FACTS ]]; then
    cross "$LABEL: missing; deploy/up.sh makes it"
    WRONG=$((WRONG + 1))
  elif ! is_right; then
    cross "$LABEL: is ${FACTS//$'\n'/ }, should be ${RIGHT//$'\n'/ }; deploy/up.sh mends it"
    WRONG=$((WRONG + 1))
  else
    tick "$LABEL"
  fi
}

# down.sh: takes it away if it is there.
remove() {
  describe "$1"
  if [[ $KIND == part ]]; then return; fi
  if [[ $KIND == data && $WITH_DATA == no ]]; then
    tick "$LABEL: kept"
    return
  fi
  if [[ $DRY_RUN == yes ]]; then
    tell "$1" drop
    return
  fi
  look "$1"
  if [[ -z $FACTS ]]; then return; fi
  tell "$1" drop
  tick "$LABEL: removed"
}

# bindings COMMAND…: the policy that the command shows, a line "role<tab>member" each.
bindings() { "$@" '--flatten=bindings[].members' '--format=value(bindings.role,bindings.members)'; }

# granted ROLE MEMBER COMMAND…: prints the role if the member has it in the policy that the command shows.
granted() {
  local all role member
  all=$(bindings "${@:3}") || return
  while IFS=$'\t' read -r role member; do
    if [[ $role == "$1" && $member == "$2" ]]; then printf '%s\n' "$role"; fi
  done <<<"$all"
}

# Sets ROLES: who has which role in all of the project, a line "role<tab>member" each.
look_at_roles() {
  ROLES=$(bindings gcloud projects get-iam-policy "$PROJECT" 2>"$WORK/errors") || die "cannot see who has which role in $PROJECT: $(<"$WORK/errors")"
}

# render FILE: fills the {{NAMES}} of deploy/templates/FILE and sets FILE to where the result lies.
render() {
  local text name
  text=$(<"deploy/templates/$1")
  while [[ $text =~ \{\{([A-Z_]+)\}\} ]]; do
    name=${BASH_REMATCH[1]}
    text=${text//"{{$name}}"/${!name}}
  done
  keep_rendered "$1" "$text"
}

# render_sql PATH: the same for a file of deploy/sql, whose names are ${PROJECT}, ${DATASET}, ${TABLE}, ${EVENTS} and ${LAKE_BUCKET}.
render_sql() {
  local text name
  text=$(<"$1")
  for name in PROJECT DATASET TABLE EVENTS LAKE_BUCKET; do text=${text//"\${$name}"/${!name}}; done
  keep_rendered "${1#deploy/}" "$text"
}

keep_rendered() {
  FILE=$RENDERED/$1
  [[ -d ${FILE%/*} ]] || mkdir -p "${FILE%/*}"
  printf '%s\n' "$2" >"$FILE"
}
