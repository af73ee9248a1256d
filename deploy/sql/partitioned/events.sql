-- Every event once, from the one table of all users. Deliveries repeat, and BigQuery forgets insert ids after a minute, so
-- that the table may hold an event twice; event_id is the same for every delivery.
-- It reads the whole table. A question about a few days of a large one is cheaper on `${TABLE}` itself, with a condition on
-- event_time, the column that it is partitioned by.
SELECT *
FROM `${PROJECT}.${DATASET}.${TABLE}`
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) = 1
