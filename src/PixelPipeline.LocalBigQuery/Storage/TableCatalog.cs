namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>The statements on <c>tables</c>.</summary>
internal static class TableCatalog
{
    /// <summary>The table, or null. Ids are compared byte by byte.</summary>
    public static StoredTable? Find(SqlSession session, string datasetId, string tableId) => session.First(
        $"SELECT {StoredTable.Columns} FROM tables WHERE dataset_id = $1 AND table_id = $2", StoredTable.Read, datasetId, tableId);

    /// <summary>Up to <paramref name="limit"/> tables after the id <paramref name="after"/>, in the order of their ids.</summary>
    public static List<StoredTable> List(SqlSession session, string datasetId, string after, int limit) => session.All(
        $"SELECT {StoredTable.Columns} FROM tables WHERE dataset_id = $1 AND table_id > $2 ORDER BY table_id LIMIT $3",
        StoredTable.Read,
        datasetId,
        after,
        limit);

    /// <summary>The tables whose resource says that they, or their partitions, expire.</summary>
    public static List<StoredTable> Expiring(SqlSession session) => session.All(
        $"""
        SELECT {StoredTable.Columns} FROM tables
        WHERE json_extract(resource, '$.timePartitioning.expirationMs') IS NOT NULL
           OR json_extract(resource, '$.expirationTime') IS NOT NULL
        """,
        StoredTable.Read);

    /// <summary>The tables, views left out, whose ids begin so, in the order of their ids.</summary>
    public static List<StoredTable> WithPrefix(SqlSession session, string datasetId, string prefix) => session.All(
        $"SELECT {StoredTable.Columns} FROM tables WHERE dataset_id = $1 AND kind = 'TABLE' AND table_id >= $2 AND table_id < $3 ORDER BY table_id",
        StoredTable.Read,
        datasetId,
        prefix,
        prefix + "\U0010FFFF");

    /// <summary>Of those the newest; null when there is none.</summary>
    public static StoredTable? NewestOf(SqlSession session, string datasetId, string prefix) => session.First(
        $"""
        SELECT {StoredTable.Columns} FROM tables WHERE dataset_id = $1 AND kind = 'TABLE' AND table_id >= $2 AND table_id < $3
        ORDER BY created_ms DESC, table_key DESC LIMIT 1
        """,
        StoredTable.Read,
        datasetId,
        prefix,
        prefix + "\U0010FFFF");

    /// <summary>The keys of all tables.</summary>
    public static List<long> Keys(SqlSession session) => session.All("SELECT table_key FROM tables", row => row.GetInt64(0));

    /// <summary>How many tables, views included, the dataset has.</summary>
    public static long Count(SqlSession session, string datasetId) =>
        session.Integer("SELECT count(*) FROM tables WHERE dataset_id = $1", datasetId) ?? 0;

    /// <summary>Adds a table and returns its key; null when there is one of that id.</summary>
    public static long? TryAdd(
        SqlSession session, string datasetId, string tableId, string kind, string resource, long nowMs)
    {
        var added = session.Execute(
            """
            INSERT OR IGNORE INTO tables (dataset_id, table_id, kind, resource, created_ms, modified_ms)
            VALUES ($1, $2, $3, $4, $5, $5)
            """,
            datasetId,
            tableId,
            kind,
            resource,
            nowMs);
        return added == 1 ? session.Integer("SELECT last_insert_rowid()") : null;
    }

    /// <summary>Replaces the resource.</summary>
    public static void Update(SqlSession session, long tableKey, string resource, long nowMs) => session.Execute(
        "UPDATE tables SET resource = $2, modified_ms = $3 WHERE table_key = $1", tableKey, resource, nowMs);

    /// <summary>Removes the table with its rows.</summary>
    public static void Remove(SqlSession session, long tableKey)
    {
        RowStore.Clear(session, tableKey);
        session.Execute("DELETE FROM tables WHERE table_key = $1", tableKey);
    }
}
