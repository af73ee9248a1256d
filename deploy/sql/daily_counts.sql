-- Per day (UTC) and type: how many events, and of how many users.
SELECT
  DATE(event_time) AS date,
  type,
  COUNT(*) AS hits,
  COUNT(DISTINCT user_id) AS users
FROM `${PROJECT}.${DATASET}.events`
GROUP BY date, type
