# shellcheck shell=bash
# What the project itself needs: services, Google's own agents, and the two accounts that the pipeline runs as.

readonly SERVICES=(artifactregistry bigquery cloudbuild cloudfunctions compute eventarc iam logging monitoring
  orgpolicy pubsub run storage)

services() {
  local wanted=("${SERVICES[@]}")
  if [[ -n $VISITOR_SECRET$SIGNING_KEYS ]]; then wanted+=(secretmanager); fi
  if [[ $DASHBOARD == on ]]; then wanted+=(iap); fi
  if [[ -n $BUDGET ]]; then wanted+=(billingbudgets cloudbilling); fi
  case $1 in
    label) LABEL='services' ;;
    show) enabled_services "${wanted[@]}" ;;
    right) RIGHT="${wanted[*]}" ;;
    make | mend) run gcloud services enable "${wanted[@]/%/.googleapis.com}" "--project=$PROJECT" ;;
    # Other things in the project may need them: they stay on.
    drop) return 0 ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# enabled_services SERVICE…: those of them that are on.
enabled_services() {
  local all service found=()
  all=$(gcloud services list --enabled "--project=$PROJECT" '--format=value(config.name)') || return
  for service in "$@"; do
    if [[ $'\n'$all$'\n' == *$'\n'$service.googleapis.com$'\n'* ]]; then found+=("$service"); fi
  done
  printf '%s\n' "${found[*]}"
}

# The agents that act for Pub/Sub and Eventarc exist only once something asks for them; grants to them fail before.
agents() {
  case $1 in
    label) LABEL='service agents of Pub/Sub and Eventarc' KIND=part ;;
    show) printf 'asked for\n' ;;
    make | renew)
      run gcloud beta services identity create --service=pubsub.googleapis.com "--project=$PROJECT"
      run gcloud beta services identity create --service=eventarc.googleapis.com "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

account() {
  local word=$1 id=$2 purpose=$3 email
  email=$id@$PROJECT.iam.gserviceaccount.com
  case $word in
    label) LABEL="account $id" ;;
    show) gcloud iam service-accounts describe "$email" "--project=$PROJECT" '--format=value(email)' ;;
    make) run gcloud iam service-accounts create "$id" "--display-name=$purpose" "--project=$PROJECT" ;;
    drop) run gcloud iam service-accounts delete "$email" "--project=$PROJECT" --quiet ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

function_account() { account "$1" "$NAME-function" 'Runs the pixel function'; }
trigger_account() { account "$1" "$NAME-trigger" 'Calls the pixel function'; }

# Projects from before April 2021 need this for Pub/Sub to sign its pushes; elsewhere it does no harm.
token_creator() {
  local role=roles/iam.serviceAccountTokenCreator
  case $1 in
    label) LABEL='grant: Pub/Sub may sign as the trigger account' KIND=part ;;
    show)
      granted "$role" "$PUBSUB_AGENT" gcloud iam service-accounts get-iam-policy "$TRIGGER_ACCOUNT" "--project=$PROJECT"
      ;;
    make)
      run gcloud iam service-accounts add-iam-policy-binding "$TRIGGER_ACCOUNT" "--member=$PUBSUB_AGENT" \
        "--role=$role" "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}
