# shellcheck shell=bash
# Organisation policies that stop a deployment, told before anything is made. They forbid to make things and leave alone
# what is there, so that only what is still to be made counts; but what is public now, public access prevention closes.

readonly CONSTRAINTS=(storage.publicAccessPrevention iam.allowedPolicyMemberDomains
  iam.automaticIamGrantsForDefaultServiceAccounts iam.disableServiceAccountCreation)
readonly BUILD_ROLE=roles/cloudbuild.builds.builder
readonly UNREADABLE='permission[_ ]denied|does not have permission|it is disabled|not enabled|not[ _]found|(no|not|without) [a-z ]*organization'

# A line for each policy that stops some of RESOURCES, as a thing to mend.
report_policies() {
  local line
  look_at_policies
  for line in "${BLOCKED[@]}"; do cross "$line"; done
  WRONG=$((WRONG + ${#BLOCKED[@]}))
  if [[ -n $UNSEEN ]]; then
    say "  ! organisation policies could not be looked at: $UNSEEN"
  elif ((${#BLOCKED[@]} == 0)); then
    tick 'no organisation policy stops this'
  fi
}

# Sets BLOCKED to those lines, or UNSEEN to why the policies could not be looked at.
look_at_policies() {
  local constraint
  BLOCKED=() UNSEEN=''
  for constraint in "${CONSTRAINTS[@]}"; do
    ask_policy "$constraint"
    if [[ -n $UNSEEN ]]; then return; fi
    if [[ $RESTRICTS == yes ]]; then block "$constraint"; fi
  done
}

# ask_policy CONSTRAINT: sets RESTRICTS, or UNSEEN. Its rules come a line each; one that enforces nothing, or allows all,
# has none of these fields.
ask_policy() {
  local answer
  RESTRICTS=no
  if ! answer=$(gcloud org-policies describe "$1" --effective "--project=$PROJECT" '--flatten=spec.rules[]' \
    '--format=value(spec.rules.enforce,spec.rules.denyAll,spec.rules.values.allowedValues)' 2>"$WORK/errors" </dev/null); then
    unreadable_policies "$(<"$WORK/errors")"
  elif [[ ${answer//False/} =~ [^[:space:]] ]]; then
    RESTRICTS=yes
  fi
}

# unreadable_policies ERROR
unreadable_policies() {
  case ${1,,} in
    *'it is disabled'* | *'not enabled'*)
      UNSEEN="their API is off (gcloud services enable orgpolicy.googleapis.com --project=$PROJECT)"
      ;;
    *)
      [[ ${1,,} =~ $UNREADABLE ]] || die "cannot see the organisation policies of $PROJECT: $1"
      UNSEEN='that takes a project in an organisation, and the right orgpolicy.policy.get'
      ;;
  esac
}

# block CONSTRAINT: adds a line to BLOCKED if this deployment needs what it forbids.
block() {
  local line='' way_out="somebody with roles/orgpolicy.policyAdmin makes an exception: gcloud org-policies reset $1 --project=$PROJECT"
  case $1 in
    storage.publicAccessPrevention)
      named 'pixel_bucket'
      if ((${#NAMED[@]} > 0)); then line="keeps the bucket $BUCKET from being public, so nobody gets the pixel; $way_out"; fi
      ;;
    iam.allowedPolicyMemberDomains)
      still_to_make 'pixel_readers|collect_invoker'
      if [[ -n $MISSING ]]; then line="forbids grants to everyone ($MISSING); $way_out"; fi
      ;;
    iam.automaticIamGrantsForDefaultServiceAccounts)
      named 'pixel_function|collect_function|log_files_function|dashboard_service'
      if ((${#NAMED[@]} > 0)) && ! may_build; then line="leaves $BUILDER without rights, so no build succeeds; $(let_it_build)"; fi
      ;;
    iam.disableServiceAccountCreation)
      still_to_make '[a-z_]+_account'
      if [[ -n $MISSING ]]; then line="forbids to make accounts ($MISSING); $way_out"; fi
      ;;
  esac
  if [[ -n $line ]]; then BLOCKED+=("constraints/$1 $line"); fi
}

# named PATTERN: sets NAMED to those of RESOURCES whose names match.
named() {
  local resource
  NAMED=()
  for resource in "${RESOURCES[@]}"; do
    if [[ $resource =~ ^($1)$ ]]; then NAMED+=("$resource"); fi
  done
}

# still_to_make PATTERN: sets MISSING to the labels of those that are not there yet.
still_to_make() {
  local resource
  MISSING=''
  named "$1"
  for resource in "${NAMED[@]}"; do
    describe "$resource"
    look "$resource"
    if [[ -z $FACTS ]]; then MISSING+=", ${LABEL#grant: }"; fi
  done
  MISSING=${MISSING#, }
}

# Builds run as Compute Engine's default account; in projects that built before July 2024, as Cloud Build's own.
may_build() {
  local role member
  look_at_roles
  while IFS=$'\t' read -r role member; do
    if [[ $member == "serviceAccount:$BUILDER" && ($role == "$BUILD_ROLE" || $role =~ ^roles/(editor|owner)$) ]]; then return; fi
    if [[ $member == "serviceAccount:$PROJECT_NUMBER@cloudbuild.gserviceaccount.com" && $role == "$BUILD_ROLE" ]]; then return; fi
  done <<<"$ROLES"
  return 1
}

# The account is there once Compute Engine is on.
let_it_build() {
  printf 'gcloud services enable compute.googleapis.com --project=%s && gcloud projects add-iam-policy-binding %s --member=serviceAccount:%s --role=%s --condition=None' \
    "$PROJECT" "$PROJECT" "$BUILDER" "$BUILD_ROLE"
}
