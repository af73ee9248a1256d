-- Per user: the first and the last event, and how many there are of each type.
SELECT
  user_id,
  MIN(MIN(event_time)) OVER (PARTITION BY user_id) AS first_time,
  MAX(MAX(event_time)) OVER (PARTITION BY user_id) AS last_time,
  type,
  COUNT(*) AS hits
FROM `${PROJECT}.${DATASET}.events`
GROUP BY user_id, type
