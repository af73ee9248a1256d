-- Gives each table of one day its end, counted from the day it was made, or takes it away.
FOR one IN (
  SELECT table_name, GREATEST(TIMESTAMP_ADD(creation_time, INTERVAL {{KEPT_DAYS}} DAY), TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 1 HOUR)) AS ends
  FROM `{{PROJECT}}.{{DATASET}}.INFORMATION_SCHEMA.TABLES`
  LEFT JOIN (
    SELECT table_name, option_value FROM `{{PROJECT}}.{{DATASET}}.INFORMATION_SCHEMA.TABLE_OPTIONS` WHERE option_name = 'expiration_timestamp'
  ) USING (table_name)
  WHERE table_type = 'BASE TABLE' AND STARTS_WITH(table_name, '{{TABLE}}_'){{ONLY_OPEN}}
)
DO
  EXECUTE IMMEDIATE FORMAT("ALTER TABLE `{{PROJECT}}.{{DATASET}}.%s` SET OPTIONS (expiration_timestamp = {{END}})", one.table_name{{ENDS}});
END FOR;
