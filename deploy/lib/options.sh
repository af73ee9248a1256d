# shellcheck shell=bash
# The options of up.sh, status.sh and down.sh. Each says in USAGE what it takes, and in own_option what is its own.

# parse_options WORD…: own_option WORD NEXT sets SHIFT to how many of the two it takes, and leaves it 0 if it knows none.
parse_options() {
  while (($# > 0)); do
    SHIFT=0
    case $1 in
      --settings)
        need_value "$1" "${2:-}" file
        SETTINGS_FILE=$2 SHIFT=2
        ;;
      -h | --help)
        printf '%s\n' "$USAGE"
        exit
        ;;
      *) own_option "$1" "${2:-}" ;;
    esac
    ((SHIFT > 0)) || usage_error "unknown option: $1"
    shift "$SHIFT"
  done
}

# need_value OPTION VALUE WHAT
need_value() { [[ -n $2 ]] || usage_error "$1 needs a $3"; }

usage_error() {
  printf '%s\n%s\n' "$1" "$USAGE" >&2
  exit 2
}
