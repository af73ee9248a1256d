# shellcheck shell=bash
# Reads the settings file (data, never run as a script), refuses what is missing or wrong, and derives every name.

readonly KNOWN_SETTINGS=' PROJECT REGION STAGE DOMAIN DATASET_LOCATION ALERT_EMAIL LAYOUT TABLE TABLE_SUFFIX PIXEL_PATH
 CDN MIN_INSTANCES MAX_INSTANCES CONCURRENCY MEMORY NEW_TABLES_PER_DAY EVENTS_DAYS RAW_DAYS LAKE COLLECT
 COLLECT_ORIGINS COLLECT_KEYS DASHBOARD DASHBOARD_READERS DASHBOARD_TIME_ZONE DASHBOARD_MEGABYTES LOG_FILES REMOTE_IP
 COUNTRY_FILE VISITOR_SECRET SIGNING SIGNING_KEYS MODE BUDGET RATE_LIMIT '

load_settings() {
  choose_settings_file
  default_settings
  read_settings
  check_settings
  derive_names
}

choose_settings_file() {
  if [[ -n $SETTINGS_FILE ]]; then
    [[ -r $SETTINGS_FILE ]] || die "$SETTINGS_FILE: no such settings file"
  elif [[ -r deploy/settings.env ]]; then
    SETTINGS_FILE=deploy/settings.env
  elif [[ $DRY_RUN == yes ]]; then
    SETTINGS_FILE=deploy/settings.example.env
    echo "deploy/settings.env is missing: this is what $SETTINGS_FILE would do" >&2
  else
    die 'deploy/settings.env is missing: cp deploy/settings.example.env deploy/settings.env, then fill it in'
  fi
}

default_settings() {
  PROJECT='' REGION='' STAGE='' DOMAIN='' DATASET_LOCATION='' ALERT_EMAIL=''
  LAYOUT=both TABLE=pixel TABLE_SUFFIX='_{user_id}_{date:yyyyMMdd}' PIXEL_PATH=/pixel.png CDN=off
  MIN_INSTANCES=0 MAX_INSTANCES=10 CONCURRENCY=80 MEMORY=512Mi NEW_TABLES_PER_DAY=20000
  EVENTS_DAYS=0 RAW_DAYS=30 LAKE=off COLLECT=off COLLECT_ORIGINS='' COLLECT_KEYS='' LOG_FILES=off
  DASHBOARD=off DASHBOARD_READERS='' DASHBOARD_TIME_ZONE=UTC DASHBOARD_MEGABYTES=1000
  REMOTE_IP=whole COUNTRY_FILE=none VISITOR_SECRET='' SIGNING=off SIGNING_KEYS='' MODE=function
  BUDGET='' RATE_LIMIT=''
}

read_settings() {
  local line key number=0
  GIVEN=' '
  while IFS= read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    line=${line%$'\r'}
    [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
    key=${line%%=*}
    [[ $line == *=* && $key =~ ^[A-Z_]+$ && $KNOWN_SETTINGS =~ [[:space:]]${key}[[:space:]] ]] ||
      die "$SETTINGS_FILE: line $number is no setting; each line is KEY=value with a key of deploy/settings.example.env"
    printf -v "$key" '%s' "${line#*=}"
    GIVEN+="$key "
  done <"$SETTINGS_FILE"
}

# check KEY PATTERN MEANING: the whole value has to match.
check() {
  [[ -n ${!1} ]] || die "$SETTINGS_FILE: $1 is missing: $3"
  [[ ${!1} =~ ^($2)$ ]] || die "$SETTINGS_FILE: $1 is wrong (${!1}): $3"
}

# check_list KEY PATTERN MEANING: nothing, or values with commas between.
check_list() { [[ -z ${!1} ]] || check "$1" "$2(,$2)*,?" "$3"; }

# check_names_once KEY: of a list of name=value.
check_names_once() {
  local each names=,
  for each in ${!1//,/ }; do
    [[ $names != *",${each%%=*},"* ]] || die "$SETTINGS_FILE: $1 is wrong (${!1}): each name once"
    names+=${each%%=*},
  done
}

# check_number KEY LEAST MOST
check_number() {
  check "$1" '0|[1-9][0-9]{0,8}' "a whole number from $2 to $3"
  ((${!1} >= $2 && ${!1} <= $3)) || die "$SETTINGS_FILE: $1 is wrong (${!1}): a whole number from $2 to $3"
}

# check_number_if_given KEY LEAST MOST: nothing, or such a number.
check_number_if_given() { [[ -z ${!1} ]] || check_number "$@"; }

check_settings() {
  check PROJECT '[a-z][a-z0-9-]{4,28}[a-z0-9]' 'the id of the project, 6 to 30 small letters, digits and hyphens'
  [[ $DRY_RUN == yes || $PROJECT != my-project ]] || die "$SETTINGS_FILE: PROJECT is still the example's: the id of your own project"
  check REGION '[a-z]+-[a-z]+[0-9]{1,2}' 'a region such as us-central1'
  check STAGE '[a-z][a-z0-9]{0,7}' '1 to 8 small letters or digits, a letter first, such as dev or prod'
  check DOMAIN '([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}' 'a host name such as track.example.com'
  check DATASET_LOCATION 'US|EU|[a-z]+-[a-z]+[0-9]{1,2}' 'US, EU or a region such as europe-west3'
  check ALERT_EMAIL '[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+' 'one e-mail address'
  check LAYOUT 'template|partitioned|both' 'template, partitioned or both'
  check TABLE '[A-Za-z][A-Za-z0-9_]{0,99}' 'a letter, then up to 99 letters, digits and underscores'
  check_table
  check_suffix
  check PIXEL_PATH '(/[A-Za-z0-9_-]+)+\.png' 'a path such as /pixel.png'
  check CDN 'on|off' 'on or off'
  check MEMORY '(512|1024|2048|4096)Mi|[124]Gi' '512Mi, 1Gi, 2Gi or 4Gi'
  check_number MAX_INSTANCES 1 1000
  check_number MIN_INSTANCES 0 "$MAX_INSTANCES"
  check_number CONCURRENCY 2 1000
  check_number NEW_TABLES_PER_DAY 0 10000000
  check_number EVENTS_DAYS 0 3650
  check_number RAW_DAYS 1 3650
  check LAKE 'on|off' 'on or off'
  check COLLECT 'on|off' 'on or off'
  check_list COLLECT_ORIGINS 'https://[a-z0-9.-]+(:[0-9]+)?' 'origins such as https://www.example.com, with commas between'
  [[ ,$COLLECT_ORIGINS, != *:443,* ]] ||
    die "$SETTINGS_FILE: COLLECT_ORIGINS is wrong ($COLLECT_ORIGINS): leave out :443, as browsers do"
  check_list COLLECT_KEYS '[a-z0-9-]{1,64}=[0-9a-f]{64}' 'name=SHA-256 of the key in hex, with commas between'
  check_names_once COLLECT_KEYS
  check_number_if_given RATE_LIMIT 1 1000000
  [[ -z $RATE_LIMIT || $COLLECT == on ]] || die "$SETTINGS_FILE: RATE_LIMIT is for what is posted to /collect: COLLECT has to be on"
  check DASHBOARD 'on|off' 'on or off'
  check_list DASHBOARD_READERS '((user|group):[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|domain:[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)' 'user:ADDRESS, group:ADDRESS or domain:NAME, with commas between'
  check DASHBOARD_TIME_ZONE '[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*' 'a time zone such as UTC or Europe/Berlin'
  check_number DASHBOARD_MEGABYTES 10 100000000
  check LOG_FILES 'on|off' 'on or off'
  check REMOTE_IP 'whole|network' 'whole or network'
  check COUNTRY_FILE 'none|[A-Za-z0-9_-]+[.]mmdb' 'none or the name of a file in deploy/ such as country.mmdb'
  [[ $COUNTRY_FILE == none || -r deploy/$COUNTRY_FILE ]] || die "$SETTINGS_FILE: COUNTRY_FILE: deploy/$COUNTRY_FILE is not there"
  check_list VISITOR_SECRET '[A-Za-z0-9_-]{1,255}' 'the name of a secret in Secret Manager'
  check SIGNING 'off|observe|require' 'off, observe or require'
  check_list SIGNING_KEYS '[A-Za-z0-9_-]{1,255}' 'the name of a secret in Secret Manager'
  [[ $SIGNING == off || -n $SIGNING_KEYS ]] || die "$SETTINGS_FILE: SIGNING is $SIGNING, so SIGNING_KEYS must name a secret in Secret Manager: docs/signing.md"
  check_number_if_given BUDGET 1 999999999
  check MODE 'function|direct' 'function or direct'
  if [[ $MODE == direct ]]; then check_direct; fi
}

# What rows without a function cannot have (docs/direct.md).
check_direct() {
  local wrong="$SETTINGS_FILE: MODE=direct"
  [[ $LAYOUT == partitioned ]] || die "$wrong writes one table: LAYOUT has to be partitioned"
  [[ -z $VISITOR_SECRET ]] || die "$wrong makes no visitors: leave VISITOR_SECRET empty"
  [[ $COUNTRY_FILE == none ]] || die "$wrong looks up no countries: COUNTRY_FILE has to be none"
  [[ $SIGNING == off ]] || die "$wrong looks at no signatures: SIGNING has to be off"
}

# What SuffixPattern.cs takes: an underscore first, one column and one date at most, an underscore between the two.
check_suffix() {
  local text='[A-Za-z0-9_]*' user='[{]user_id[}]' date
  date='[{]date:(yyyyMMdd|yyyy_MM_dd|yyyyMM|yyyy_MM|yyyy|M_d_yyyy|MM_dd_yyyy|d_M_yyyy|dd_MM_yyyy)[}]'
  check TABLE_SUFFIX "_$text($user(_$text$date)?|$date(_$text$user)?)?$text" \
    'an underscore, then letters, digits, underscores, {user_id} and {date:yyyyMMdd}, an underscore between the two'
}

# Beside the event tables lie the rejections and what the files of deploy/sql make. A wildcard TABLE_* must match none
# of them.
check_table() {
  local file name wrong="$SETTINGS_FILE: TABLE is wrong ($TABLE)"
  [[ $TABLE != rejected && $TABLE != rejected_* ]] || die "$wrong: rejected_ is how the table of rejections begins"
  [[ $TABLE != all && $TABLE != all_* ]] || die "$wrong: all_ is how the table of all events begins"
  for file in deploy/sql/*.sql "deploy/sql/$(view_folder)"/*.sql; do
    name=${file##*/}
    name=${name%.sql}
    [[ $TABLE != "$name" ]] || die "$wrong: $file makes $name, so choose another name"
    [[ $LAYOUT == partitioned || $name != "$TABLE"_* ]] ||
      die "$wrong: the wildcard ${TABLE}_* would match $name, which $file makes, so choose another name"
  done
}

# Every name begins with pixel-STAGE (or pixels_STAGE, where hyphens are not allowed).
derive_names() {
  NAME=pixel-$STAGE
  DATASET=pixels_$STAGE
  REJECTED=rejected_$TABLE
  derive_events
  METRIC=pixel_$STAGE
  BUCKET=$PROJECT-$NAME
  DEAD_LETTERS=$NAME-dead-letters
  DEAD_LETTERS_BUCKET=$PROJECT-$DEAD_LETTERS
  LAKE_BUCKET=$PROJECT-$NAME-lake
  ROWS=$NAME-rows
  TOPIC_PATH=projects/$PROJECT/topics/$NAME
  FUNCTION_ACCOUNT=$NAME-function@$PROJECT.iam.gserviceaccount.com
  COLLECT_ACCOUNT=$NAME-collect@$PROJECT.iam.gserviceaccount.com
  DASHBOARD_ACCOUNT=$NAME-dashboard@$PROJECT.iam.gserviceaccount.com
  LOG_FILES_ACCOUNT=$NAME-log-files@$PROJECT.iam.gserviceaccount.com
  LOG_FILES_BUCKET=$PROJECT-$NAME-log-files
  DROP_PREFIX=drop/
  BUDGET_TITLE="$NAME of $PROJECT"
  TRIGGER_ACCOUNT=$NAME-trigger@$PROJECT.iam.gserviceaccount.com
  RENDERED=artifacts/deploy/$STAGE
  derive_filters
}

# Sets EVENTS, the table of all events; nothing where each user and day has a table and nothing else is kept.
derive_events() {
  case $LAYOUT in
    both) EVENTS=all_$TABLE ;;
    partitioned) EVENTS=$TABLE ;;
    template) EVENTS='' ;;
  esac
}

# The pixel's own entries; and those of them that are a hit, not one of the CDN's requests to its origin.
derive_filters() {
  local path=${PIXEL_PATH//./[.]}
  PIXEL_FILTER="resource.type=\"http_load_balancer\" AND resource.labels.url_map_name=\"$NAME\""
  PIXEL_FILTER+=" AND httpRequest.requestMethod=\"GET\" AND httpRequest.requestUrl=~\"^https?://[^/?]+$path([?].*)?$\""
  HIT_FILTER="$PIXEL_FILTER AND NOT jsonPayload.parentInsertId:* AND NOT httpRequest.userAgent=~\"^Cloud-CDN-Google\""
  FUNCTION_FILTER="resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"$NAME\""
  REQUEST_FILTER="resource.type=\"cloud_run_revision\" AND resource.labels.service_name=~\"^$NAME(-collect)?$\""
}
