-- Per day (UTC) and reason: how many log entries were rejected, each counted once however often it was delivered,
-- whether it was resolved since or not.
SELECT
  DATE(rejected_time) AS date,
  reason,
  COUNT(DISTINCT event_id) AS entries
FROM `${PROJECT}.${DATASET}.rejected_${TABLE}`
WHERE reason != 'resolved'
GROUP BY date, reason
