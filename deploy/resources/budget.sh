# shellcheck shell=bash
# BUDGET=…: a budget for this project alone, on the billing account that pays for it. It tells, and stops nothing.

find_billing_account() {
  lookup BILLING_ACCOUNT gcloud billing projects describe "$PROJECT" "--project=$PROJECT" \
    '--format=value(billingAccountName)'
}

# Sets LIST to the command that lists this budget. Cloud Billing gives it its name; its title finds it again.
list_budget() {
  find_billing_account
  LIST=(gcloud billing budgets list "--billing-account=$BILLING_ACCOUNT" "--project=$PROJECT"
    "--filter=displayName=\"$BUDGET_TITLE\"")
}

find_budget() {
  list_budget
  lookup THIS_BUDGET "${LIST[@]}" '--format=value(name)'
}

# Thresholds that somebody changed in the console stay as they are.
budget() {
  case $1 in
    label)
      LABEL="budget${BUDGET:+ of $BUDGET a month}"
      NEEDS="A budget takes roles/billing.costsManager on the billing account of $PROJECT: its administrator can grant it."
      ;;
    show) budget_amount ;;
    right) RIGHT=$BUDGET ;;
    make)
      find_billing_account
      find_channel
      run gcloud billing budgets create "--billing-account=$BILLING_ACCOUNT" "--display-name=$BUDGET_TITLE" \
        "--budget-amount=$BUDGET" --calendar-period=month "--filter-projects=projects/$PROJECT_NUMBER" \
        --threshold-rule=percent=0.5 --threshold-rule=percent=0.9 --threshold-rule=percent=1.0 \
        --threshold-rule=percent=1.0,basis=forecasted-spend \
        "--notifications-rule-monitoring-notification-channels=$CHANNEL" "--project=$PROJECT"
      ;;
    mend)
      find_budget
      find_channel
      run gcloud billing budgets update "$THIS_BUDGET" "--budget-amount=$BUDGET" \
        "--notifications-rule-monitoring-notification-channels=$CHANNEL" "--project=$PROJECT"
      ;;
    drop)
      find_budget
      run gcloud billing budgets delete "$THIS_BUDGET" "--project=$PROJECT" --quiet
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}

budget_amount() {
  local note
  if [[ -z $BUDGET ]]; then
    note=$(budget_note show) || return
    if [[ -z $note ]]; then return; fi
  fi
  list_budget
  "${LIST[@]}" '--format=value(amount.specifiedAmount.units)'
}

# A label on the alert channel says that there is a budget: without BUDGET and without it, the billing account, which few
# may see, is not asked.
budget_note() {
  case $1 in
    label) LABEL='note of the budget' ;;
    show)
      gcloud beta monitoring channels list "--project=$PROJECT" "--filter=userLabels.stage=\"$NAME\"" \
        '--format=value(userLabels.budget)'
      ;;
    make)
      find_channel
      run gcloud beta monitoring channels update "$CHANNEL" --update-user-labels=budget=made "--project=$PROJECT"
      ;;
    drop)
      find_channel
      run gcloud beta monitoring channels update "$CHANNEL" --remove-user-labels=budget "--project=$PROJECT"
      ;;
    *) return "$UNKNOWN_WORD" ;;
  esac
}
