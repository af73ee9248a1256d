-- Every event once, from the tables of all users and days. Deliveries repeat, and BigQuery forgets insert ids after a
-- minute, so that a table may hold an event twice; event_id is the same for every delivery.
-- A browser may send a hit twice, too: what the page gave one hit_id counts once for its user within a day.
-- One query reads at most 1,000 tables through a wildcard. Beyond that, query `${TABLE}_*` itself with a longer prefix or a
-- condition on _TABLE_SUFFIX, or keep the events in the partitioned layout.
SELECT *
FROM (
  SELECT *
  FROM `${PROJECT}.${DATASET}.${TABLE}_*`
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) = 1
)
WHERE TRUE -- needs hit_id
QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id, DATE(event_time), IFNULL(hit_id, event_id) ORDER BY event_time, event_id) = 1 -- needs hit_id
