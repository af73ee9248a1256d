-- Per day (UTC) and type: how many events, how many of them a person looked for (be it through a mail service's proxy), of
-- how many users, and how many visitors. The hits of pixel doctor count nowhere.
SELECT
  DATE(event_time) AS date,
  type,
  COUNT(*) AS hits,
  COUNTIF(agent_class IN ('person', 'mail_proxy')) AS people_hits, -- needs agent_class
  COUNT(DISTINCT visitor) AS visitors, -- needs visitor
  COUNT(DISTINCT user_id) AS users
FROM `${PROJECT}.${DATASET}.events`
WHERE IFNULL(CAST(user_id AS STRING), '') != 'pixel-doctor'
GROUP BY date, type
