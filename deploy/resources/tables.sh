# shellcheck shell=bash
# BigQuery: the dataset, the template (or the partitioned table), the rejections, and the views.

bq_run() { run bq "--project_id=$PROJECT" "--location=$DATASET_LOCATION" --headless "$@"; }
# shellcheck disable=SC2120 # most callers add no flag of their own
bq_query() {
  bq "--project_id=$PROJECT" "--location=$DATASET_LOCATION" --headless --quiet query --use_legacy_sql=false --format=csv "$@"
}
bq_show() { bq "--project_id=$PROJECT" --headless show --format=json "$1"; }

dataset() {
  case $1 in
    label) LABEL="dataset $DATASET" KIND=data ;;
    show) bq_show "$PROJECT:$DATASET" ;;
    make) bq_run mk --dataset '--description=Pixel hits' "$PROJECT:$DATASET" ;;
    drop) bq_run rm -r -f --dataset "$PROJECT:$DATASET" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# With tables for each user and day it stays empty: its schema is what each new table gets. It says which layout it has.
event_table() {
  case $1 in
    label) LABEL="table $TABLE" KIND=part ;;
    show) bq_show "$PROJECT:$DATASET.$TABLE" ;;
    make)
      PARTITIONING=()
      if [[ $LAYOUT == partitioned ]]; then event_partitioning; fi
      layout_note
      bq_run mk --table --schema=deploy/schema.json "${PARTITIONING[@]}" "--label=pixel_layout:$LAYOUT" "${NOTE[@]}" \
        "$PROJECT:$DATASET.$TABLE"
      ;;
    renew)
      add_new_columns
      layout_note
      bq_run update "--set_label=pixel_layout:$LAYOUT" "${NOTE[@]}" "$PROJECT:$DATASET.$TABLE"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# Sets NOTE: the suffix, whose braces no label takes, as LayoutRecord.cs reads it.
layout_note() {
  NOTE=()
  if [[ $LAYOUT != partitioned ]]; then
    NOTE=("--description=PixelPipeline: tables by suffix $TABLE_SUFFIX. Its label and this line change by pixel migrate only.")
  fi
}

all_events_table() {
  local id=$PROJECT:$DATASET.$EVENTS
  case $1 in
    label) LABEL="table $EVENTS" KIND=part ;;
    show) bq_show "$id" ;;
    make)
      event_partitioning
      bq_run mk --table --schema=deploy/schema.json "${PARTITIONING[@]}" "$id"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# Sets PARTITIONING. Clustered by those of the two columns that the schema has.
event_partitioning() {
  local name clustered=''
  PARTITIONING=(--time_partitioning_type=DAY --time_partitioning_field=event_time)
  read_schema
  for name in user_id type; do
    if has_column "$name"; then clustered+=,$name; fi
  done
  if [[ -n $clustered ]]; then PARTITIONING+=("--clustering_fields=${clustered#,}"); fi
}

rejected_table() {
  local expiry=--time_partitioning_expiration=$((RAW_DAYS * 86400)) id=$PROJECT:$DATASET.$REJECTED
  case $1 in
    label) LABEL="table $REJECTED" KIND=part ;;
    show) bq_show "$id" ;;
    make)
      bq_run mk --table --schema=deploy/rejected-schema.json --time_partitioning_type=DAY \
        --time_partitioning_field=rejected_time "$expiry" "$id"
      ;;
    renew) bq_run update --time_partitioning_type=DAY --time_partitioning_field=rejected_time "$expiry" "$id" ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# How long events are kept stands on the base table, and is written there last: what a broken-off run left undone is done by
# the next. Each run gives an end to tables of one day that were made since and have none (deploy/templates/expire-tables.sql).
event_retention() {
  case $1 in
    label) LABEL="events are kept: $(kept_for "$EVENTS_DAYS")" KIND=part ;;
    show) events_days ;;
    right) RIGHT=$EVENTS_DAYS ;;
    make) if ((EVENTS_DAYS > 0)); then set_retention; fi ;;
    mend) set_retention ;;
    renew)
      ((EVENTS_DAYS > 0)) || return "$UNKNOWN_WORD"
      end_tables
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

kept_for() { if (($1 == 0)); then echo 'for ever'; else echo "$1 days"; fi; }

# What the base table says; 0 where it says nothing.
events_days() {
  local facts
  if ! facts=$(bq_show "$PROJECT:$DATASET.$TABLE"); then
    printf '%s\n' "$facts"
    return 1
  fi
  if [[ $facts =~ \"pixel_events_days\"\ *:\ *\"([0-9]+)\" ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}

set_retention() {
  if [[ -n $EVENTS ]]; then
    bq_run update --time_partitioning_type=DAY --time_partitioning_field=event_time \
      "--time_partitioning_expiration=$((EVENTS_DAYS * 86400))" "$PROJECT:$DATASET.$EVENTS"
  fi
  end_tables
  bq_run update "--set_label=pixel_events_days:$EVENTS_DAYS" "$PROJECT:$DATASET.$TABLE"
}

# A table without a date in its name has events of any day, and no end.
end_tables() {
  local span=1
  END=NULL ENDS='' ONLY_OPEN=''
  if [[ $LAYOUT == partitioned || $TABLE_SUFFIX != *'{date:'* ]]; then return; fi
  [[ $TABLE_SUFFIX =~ \{date:[^}]*d ]] || span=31
  [[ $TABLE_SUFFIX =~ \{date:[^}]*[dM] ]] || span=366
  if ((EVENTS_DAYS > 0)); then
    END="TIMESTAMP '%t'" ENDS=', one.ends'
    if [[ ${FACTS:-} == "$EVENTS_DAYS" ]]; then ONLY_OPEN=' AND option_value IS NULL'; fi
  fi
  KEPT_DAYS=$((EVENTS_DAYS + span))
  render expire-tables.sql
  run_sql "$FILE"
}

# On this dataset alone, and no right to run queries: that is all that inserting and making tables takes.
dataset_grant() {
  case $1 in
    label) LABEL='grant: the function may write to the dataset' ;;
    show) dataset_member "$FUNCTION_ACCOUNT" ;;
    make)
      render grant.sql
      run_sql "$FILE"
      ;;
    drop)
      render revoke.sql
      run_sql "$FILE"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

# dataset_member ACCOUNT: prints it if the dataset names it.
dataset_member() {
  local facts
  if ! facts=$(bq_show "$PROJECT:$DATASET"); then
    printf '%s\n' "$facts"
    return 1
  fi
  if [[ $facts == *"\"$1\""* ]]; then printf '%s\n' "$1"; fi
}

# How many tables the template layout has made. The base table and the rejections have other names.
count_tables() {
  render count-tables.sql
  # shellcheck disable=SC2119
  bq_query <"$FILE"
}

# Sets TABLE_COUNT.
number_of_tables() {
  local output
  if ! output=$(count_tables 2>&1); then
    [[ ${output,,} =~ $NOT_FOUND ]] || die "cannot count the tables of $DATASET: $output"
    output=0
  fi
  TABLE_COUNT=${output##*$'\n'}
}

# Sets HAS_EVENTS, once. A view over a wildcard needs a table that it finds, so in the template layout the views
# come after the first event.
look_for_events() {
  [[ -z ${HAS_EVENTS:-} ]] || return 0
  HAS_EVENTS=yes
  if [[ $LAYOUT != template ]]; then return; fi
  if [[ $DRY_RUN == yes ]]; then # a first run finds none
    HAS_EVENTS=no
    return
  fi
  number_of_tables
  if [[ $TABLE_COUNT == 0 ]]; then HAS_EVENTS=no; fi
}

# Where there is a table of all events, the views read it.
view_folder() { if [[ $LAYOUT == template ]]; then echo template; else echo partitioned; fi; }

# view_files: what all layouts have comes after what is made for the one in use, since it reads from that.
view_files() {
  local file
  for file in "deploy/sql/$(view_folder)"/*.sql deploy/sql/*.sql; do
    if [[ -e $file && $file != deploy/sql/lake.sql ]]; then printf '%s\n' "$file"; fi
  done
}

# view WORD FILE: the file's name is the view's.
view() {
  local id=${2##*/}
  id=$PROJECT:$DATASET.${id%.sql}
  case $1 in
    label)
      LABEL="view ${id##*.}" KIND=part
      if reads_events "$2"; then
        look_for_events
        if [[ $HAS_EVENTS == no ]]; then WAITS='waits for the first event; then deploy/up.sh --only views makes it'; fi
      fi
      ;;
    show) bq_show "$id" ;;
    make)
      view_sql "$2"
      bq_run mk --use_legacy_sql=false "--view=$SQL" "$id"
      ;;
    renew)
      view_sql "$2"
      bq_run update --use_legacy_sql=false "--view=$SQL" "$id"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

reads_events() {
  local text
  text=$(<"$1")
  [[ $text == *'.events`'* || $text == *'_*`'* ]]
}

# Sets SQL to the view's query without comments, on one line, for the dataset and table of the settings. A line that ends
# with "-- needs NAME" is left out where the schema has no such column.
view_sql() {
  local line words
  render_sql "$1"
  read_schema
  SQL=''
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ --\ needs\ ([A-Za-z0-9_]+)$ ]] && ! has_column "${BASH_REMATCH[1]}"; then continue; fi
    if [[ $line =~ (^|[[:space:]])-- ]]; then line=${line%%"${BASH_REMATCH[0]}"*}; fi
    read -r -a words <<<"$line"
    if ((${#words[@]} > 0)); then SQL+="${words[*]} "; fi
  done <"$FILE"
  SQL=${SQL% }
  SQL=${SQL%;}
}
