namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>
/// The tables inside the SQLite file. BigQuery's table ids are case-sensitive and SQLite's are not, so that rows of
/// all BigQuery tables are in one SQLite table, keyed by <c>table_key</c>.
/// </summary>
internal static class DatabaseSchema
{
    /// <summary>
    /// <list type="bullet">
    /// <item><c>tables.kind</c> is TABLE, VIEW or EXTERNAL; <c>tables.resource</c> is the REST Table resource as JSON.
    /// A <c>table_key</c> is never used again, so that rows meant for a deleted table can't end up in its successor.</item>
    /// <item><c>rows.row_no</c> counts from 0; rows that expired leave gaps, as many between the first row and the last as
    /// <c>row_gaps</c> says, so that counting a table need not read it. <c>rows.row_values</c> is a JSON array in schema order, in
    /// the stored form of <see cref="Values.ValueCodec"/>; columns added later are missing at its end and are NULL.</item>
    /// <item><c>row_versions.version</c> goes up whenever a table's rows change otherwise than by more at their end.</item>
    /// <item><c>insert_ids_even</c> and <c>_odd</c> remember the insert ids of an even and an odd minute:
    /// <see cref="InsertIdMemory"/>.</item>
    /// <item><c>jobs.resource</c> is the REST Job resource of a load that is done, as JSON: a load is there in the
    /// transaction that adds its rows.</item>
    /// </list>
    /// </summary>
    public const string Sql =
        """
        CREATE TABLE IF NOT EXISTS datasets (
          dataset_id TEXT PRIMARY KEY,
          resource   TEXT NOT NULL
        );
        CREATE TABLE IF NOT EXISTS tables (
          table_key   INTEGER PRIMARY KEY AUTOINCREMENT,
          dataset_id  TEXT NOT NULL,
          table_id    TEXT NOT NULL,
          kind        TEXT NOT NULL,
          resource    TEXT NOT NULL,
          created_ms  INTEGER,
          modified_ms INTEGER,
          UNIQUE (dataset_id, table_id)
        );
        CREATE TABLE IF NOT EXISTS rows (
          table_key  INTEGER NOT NULL,
          row_no     INTEGER NOT NULL,
          row_values TEXT NOT NULL,
          PRIMARY KEY (table_key, row_no)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS row_gaps (
          table_key INTEGER PRIMARY KEY,
          num_rows  INTEGER NOT NULL
        );
        CREATE TABLE IF NOT EXISTS row_versions (
          table_key INTEGER PRIMARY KEY,
          version   INTEGER NOT NULL
        );
        CREATE TABLE IF NOT EXISTS table_bytes (
          table_key INTEGER PRIMARY KEY,
          num_bytes INTEGER NOT NULL
        );
        CREATE TABLE IF NOT EXISTS insert_id_minutes (
          parity INTEGER PRIMARY KEY,
          minute INTEGER NOT NULL
        );
        CREATE TABLE IF NOT EXISTS insert_ids_even (
          table_key INTEGER NOT NULL,
          insert_id TEXT NOT NULL,
          PRIMARY KEY (table_key, insert_id)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS insert_ids_odd (
          table_key INTEGER NOT NULL,
          insert_id TEXT NOT NULL,
          PRIMARY KEY (table_key, insert_id)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS jobs (
          project_id TEXT NOT NULL,
          job_id     TEXT NOT NULL,
          created_ms INTEGER NOT NULL,
          resource   TEXT NOT NULL,
          PRIMARY KEY (project_id, job_id)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS jobs_by_time ON jobs (project_id, created_ms);
        """;
}
