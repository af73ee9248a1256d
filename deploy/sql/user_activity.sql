-- Per user: the first and the last event, and how many there are of each type. The hits of pixel doctor count nowhere.
SELECT
  user_id,
  MIN(MIN(event_time)) OVER (PARTITION BY user_id) AS first_time,
  MAX(MAX(event_time)) OVER (PARTITION BY user_id) AS last_time,
  type,
  COUNT(*) AS hits
FROM `${PROJECT}.${DATASET}.events`
WHERE IFNULL(CAST(user_id AS STRING), '') != 'pixel-doctor'
GROUP BY user_id, type
