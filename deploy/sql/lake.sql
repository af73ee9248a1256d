-- The lake in place: every raw log entry, as the second subscription writes it. Only for the lake (LAKE=on).
-- A query names its days: WHERE date BETWEEN '2026-01-01' AND '2026-01-02'. Fields not listed here are in the files.
CREATE OR REPLACE EXTERNAL TABLE `${PROJECT}.${DATASET}.lake` (
  insertId STRING,
  timestamp TIMESTAMP,
  receiveTimestamp TIMESTAMP,
  severity STRING,
  httpRequest STRUCT<
    requestMethod STRING,
    requestUrl STRING,
    requestSize STRING,
    status INT64,
    responseSize STRING,
    userAgent STRING,
    remoteIp STRING,
    referer STRING,
    latency STRING,
    cacheLookup BOOL,
    cacheHit BOOL
  >
)
WITH PARTITION COLUMNS (date DATE)
OPTIONS (
  format = 'NEWLINE_DELIMITED_JSON',
  uris = ['gs://${LAKE_BUCKET}/entries/*'],
  hive_partition_uri_prefix = 'gs://${LAKE_BUCKET}/entries',
  require_hive_partition_filter = TRUE,
  ignore_unknown_values = TRUE,
  description = 'Raw log entries, as they came'
);
