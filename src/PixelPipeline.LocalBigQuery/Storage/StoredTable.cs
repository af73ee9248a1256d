using Microsoft.Data.Sqlite;

namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>A row of <c>tables</c>.</summary>
/// <param name="TableKey">What its rows are kept under.</param>
/// <param name="DatasetId">The dataset that it is in.</param>
/// <param name="TableId">Case-sensitive.</param>
/// <param name="Kind">TABLE, VIEW or EXTERNAL.</param>
/// <param name="Resource">The REST Table resource without what is computed for an answer.</param>
/// <param name="CreatedMs">Milliseconds since 1970, UTC.</param>
/// <param name="ModifiedMs">When the resource last changed; milliseconds since 1970, UTC.</param>
internal sealed record StoredTable(
    long TableKey,
    string DatasetId,
    string TableId,
    string Kind,
    string Resource,
    long CreatedMs,
    long ModifiedMs)
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    public const string Columns = "table_key, dataset_id, table_id, kind, resource, created_ms, modified_ms";

    /// <summary>Makes it from a row of <see cref="Columns"/>.</summary>
    public static StoredTable Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6));
}
