# shellcheck shell=bash
# Who is told what: the e-mail channel, an alert policy for each file of deploy/templates/alerts, a dashboard.
# Cloud Monitoring gives these their names; what finds them again is a label, or the dashboard's title.

find_channel() {
  lookup CHANNEL gcloud beta monitoring channels list "--project=$PROJECT" "--filter=userLabels.stage=\"$NAME\"" \
    '--format=value(name)'
}

find_policy() {
  lookup POLICY gcloud alpha monitoring policies list "--project=$PROJECT" "--filter=userLabels.alert=$NAME-$1" \
    '--format=value(name)'
}

find_dashboard() {
  lookup BOARD gcloud monitoring dashboards list "--project=$PROJECT" "--filter=displayName=$NAME" \
    '--format=value(name)'
}

channel() {
  case $1 in
    label) LABEL='alert channel' ;;
    show)
      gcloud beta monitoring channels list "--project=$PROJECT" "--filter=userLabels.stage=\"$NAME\"" \
        '--format=value(labels.email_address)'
      ;;
    right) RIGHT=$ALERT_EMAIL ;;
    make)
      run gcloud beta monitoring channels create "--display-name=$NAME" --type=email \
        "--channel-labels=email_address=$ALERT_EMAIL" "--user-labels=stage=$NAME" "--project=$PROJECT"
      ;;
    mend)
      find_channel
      run gcloud beta monitoring channels update "$CHANNEL" "--update-channel-labels=email_address=$ALERT_EMAIL" \
        "--project=$PROJECT"
      ;;
    drop)
      find_channel
      run gcloud beta monitoring channels delete "$CHANNEL" "--project=$PROJECT" --force --quiet
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# Its checksum is kept as a label, so that a policy is written again only when its file says something else.
policy() {
  case $1 in
    label) LABEL="alert $2" ;;
    show)
      gcloud alpha monitoring policies list "--project=$PROJECT" "--filter=userLabels.alert=$NAME-$2" \
        '--format=value(userLabels.checksum)'
      ;;
    right)
      render_policy "$2"
      RIGHT=$CHECKSUM
      ;;
    make)
      find_channel
      run gcloud alpha monitoring policies create "--policy-from-file=$FILE" "--notification-channels=$CHANNEL" \
        "--project=$PROJECT"
      ;;
    mend)
      find_channel
      find_policy "$2"
      run gcloud alpha monitoring policies update "$POLICY" "--policy-from-file=$FILE" \
        "--set-notification-channels=$CHANNEL" "--project=$PROJECT"
      ;;
    drop)
      find_policy "$2"
      run gcloud alpha monitoring policies delete "$POLICY" "--project=$PROJECT" --quiet
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

render_policy() {
  CHECKSUM=none
  render "alerts/$1.json"
  CHECKSUM=$(cksum <"$FILE")
  CHECKSUM=${CHECKSUM%% *}
  render "alerts/$1.json"
}

# An update needs the etag of what it replaces.
dashboard() {
  ETAG=''
  case $1 in
    label) LABEL='dashboard' ;;
    show)
      gcloud monitoring dashboards list "--project=$PROJECT" "--filter=displayName=$NAME" '--format=value(name)'
      ;;
    make)
      render dashboard.json
      run gcloud monitoring dashboards create "--config-from-file=$FILE" "--project=$PROJECT"
      ;;
    renew)
      find_dashboard
      lookup ETAG gcloud monitoring dashboards describe "$BOARD" "--project=$PROJECT" '--format=value(etag)'
      render dashboard.json
      run gcloud monitoring dashboards update "$BOARD" "--config-from-file=$FILE" "--project=$PROJECT"
      ;;
    drop)
      find_dashboard
      run gcloud monitoring dashboards delete "$BOARD" "--project=$PROJECT" --quiet
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}
