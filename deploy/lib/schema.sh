# shellcheck shell=bash
# Compares deploy/schema.json with the table that is there, before anything is touched, and adds new columns.

declare -rA OLD_SPELLING=([INT64]=INTEGER [FLOAT64]=FLOAT [BOOL]=BOOLEAN [DECIMAL]=NUMERIC)

# columns_of JSON: sets COLUMNS_FOUND to "name TYPE MODE" lines, types in their older spelling. Descriptions go first:
# they may hold anything.
columns_of() {
  local text column type mode
  text=$(sed -E 's/"description" *: *"([^"\\]|\\.)*"//g' <<<"${1//$'\n'/ }")
  COLUMNS_FOUND=''
  while [[ $text =~ \{[^{}]*\} ]]; do
    column=${BASH_REMATCH[0]}
    text=${text#*"$column"}
    [[ $column =~ \"type\"\ *:\ *\"([^\"]*)\" ]] || continue
    type=${BASH_REMATCH[1]^^}
    [[ $type =~ ^(INT64|FLOAT64|BOOL|DECIMAL)$ ]] && type=${OLD_SPELLING[$type]}
    mode=NULLABLE
    [[ $column =~ \"mode\"\ *:\ *\"([^\"]*)\" ]] && mode=${BASH_REMATCH[1]^^}
    [[ $column =~ \"name\"\ *:\ *\"([^\"]*)\" ]] || continue
    COLUMNS_FOUND+="${BASH_REMATCH[1]} $type $mode"$'\n'
  done
  COLUMNS_FOUND=${COLUMNS_FOUND%$'\n'}
}

# Sets COLUMNS_FOUND to those of deploy/schema.json, which is read once.
read_schema() {
  if [[ -z ${SCHEMA_COLUMNS:-} ]]; then
    columns_of "$(<deploy/schema.json)"
    [[ -n $COLUMNS_FOUND ]] || die 'deploy/schema.json: no columns in it'
    SCHEMA_COLUMNS=$COLUMNS_FOUND
  fi
  COLUMNS_FOUND=$SCHEMA_COLUMNS
}

# has_column NAME: whether COLUMNS_FOUND has it.
has_column() { [[ $'\n'$COLUMNS_FOUND == *$'\n'"$1 "* ]]; }

# The shipped views read these two columns; a view that was changed may do without.
check_views_fit() {
  local file name
  read_schema
  for file in $(view_files); do
    for name in user_id type; do
      has_column "$name" || ! sed 's/--.*$//' "$file" | grep -w "$name" >/dev/null ||
        die "deploy/schema.json lacks $name, which $file reads: put it back (it may stay empty), or change or delete the view"
    done
  done
}

# Refuses, with the reason, a layout or a schema that the table there cannot be changed to. Sets NEW_COLUMNS.
check_schema() {
  local there now
  NEW_COLUMNS=()
  check_views_fit
  now=$COLUMNS_FOUND
  if [[ $DRY_RUN == yes ]]; then return; fi
  LABEL="table $TABLE"
  look event_table
  if [[ -z $FACTS ]]; then return; fi
  COLUMN_COUNT=${now//[!$'\n']/}
  COLUMN_COUNT=$((${#COLUMN_COUNT} + 1))
  columns_of "${FACTS#*\"schema\"}"
  there=$COLUMNS_FOUND
  check_columns_kept "$there" "$now"
  check_columns_fit "$there" "$now"
}

# What the base table says of its layout goes before the default, and against what the settings say nothing goes.
settle_layout() {
  local is
  if [[ $DRY_RUN == yes ]]; then return; fi
  LABEL="table $TABLE"
  look event_table
  if [[ -z $FACTS ]]; then return; fi
  if [[ $FACTS =~ \"pixel_layout\"\ *:\ *\"([a-z]+)\" ]]; then
    is=${BASH_REMATCH[1]}
  else # made before there was the label
    is=template
    if [[ $FACTS == *'"timePartitioning"'* ]]; then is=partitioned; fi
  fi
  if [[ $is == "$LAYOUT" ]]; then return; fi
  [[ $GIVEN != *' LAYOUT '* ]] ||
    die "$SETTINGS_FILE: LAYOUT is $LAYOUT but table $TABLE was made for $is: set LAYOUT back, set TABLE to another name, or go over with ./pixel migrate"
  say "The tables have the layout $is, and keep it; ./pixel migrate takes them to $LAYOUT, in which all answers hold at any size."
  LAYOUT=$is
  derive_events
}

check_columns_kept() {
  local name rest
  while read -r name rest; do
    [[ $'\n'$2 == *$'\n'"$name "* ]] ||
      die "deploy/schema.json lacks $name, which table $TABLE has: BigQuery keeps columns, so put it back (it may stay empty)"
  done <<<"$1"
}

check_columns_fit() {
  local name type mode old old_type old_mode
  while read -r name type mode; do
    old=$'\n'$1$'\n'
    if [[ $old != *$'\n'"$name "* ]]; then
      [[ $mode != REQUIRED ]] || die "deploy/schema.json: $name is new and REQUIRED, but rows without it exist: make it NULLABLE"
      NEW_COLUMNS+=("$name")
      continue
    fi
    old=${old#*$'\n'"$name "}
    read -r old_type old_mode <<<"${old%%$'\n'*}"
    [[ $type == "$old_type" ]] ||
      die "deploy/schema.json: $name is $type but table $TABLE has it as $old_type: BigQuery cannot change it, so choose another name"
    [[ $mode != REQUIRED || $old_mode == REQUIRED ]] ||
      die "deploy/schema.json: $name is REQUIRED but table $TABLE has rows without it: make it NULLABLE"
  done <<<"$2"
}

# The template first, then those tables that lack a column and may still get rows: columns are only ever added, so a
# table with fewer of them is behind. A table of one day gets its last rows within the 16 hours of retries.
add_new_columns() {
  local table RECENT=''
  if [[ $TABLE_SUFFIX =~ \{date:[^}]*d ]]; then
    RECENT=' AND DATE(creation_time) >= DATE_SUB(CURRENT_DATE(), INTERVAL 2 DAY)'
  fi
  if ((${#NEW_COLUMNS[@]} > 0)); then
    bq_run update "$PROJECT:$DATASET.$TABLE" deploy/schema.json
    if [[ $LAYOUT == both ]]; then bq_run update "$PROJECT:$DATASET.$EVENTS" deploy/schema.json; fi
  fi
  if [[ $LAYOUT == partitioned ]]; then return; fi
  render tables-behind.sql
  bq_query --max_rows=100000 <"$FILE" >"$WORK/tables" || die "cannot list the tables of $DATASET: $(<"$WORK/tables")"
  while IFS= read -r table; do
    if [[ $table == "$TABLE"_* ]]; then bq_run update "$PROJECT:$DATASET.$table" deploy/schema.json; fi
  done <"$WORK/tables"
}
