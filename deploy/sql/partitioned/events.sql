-- Every event once, from the one table of all users. Deliveries repeat, and BigQuery forgets insert ids after a minute, so
-- that the table may hold an event twice; event_id is the same for every delivery.
-- A browser may send a hit twice, too: what the page gave one hit_id counts once for its user within a day.
-- It reads the whole table. A question about a few days of a large one is cheaper on `${EVENTS}` itself, with a condition on
-- event_time, the column that it is partitioned by.
SELECT *
FROM (
  SELECT *
  FROM `${PROJECT}.${DATASET}.${EVENTS}`
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) = 1
)
WHERE TRUE -- needs hit_id
QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id, DATE(event_time), IFNULL(hit_id, event_id) ORDER BY event_time, event_id) = 1 -- needs hit_id
