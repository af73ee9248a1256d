using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Sql.Catalog;

/// <summary>A table or view as queries see it.</summary>
internal sealed record QueriedTable(long Key, string DatasetId, string TableId, string Kind, IReadOnlyList<TableColumn> Columns, string? ViewQuery, long CreatedMs, long ModifiedMs)
{
    /// <summary>How many rows it has, where that is asked.</summary>
    public long RowCount { get; init; }

    /// <summary>Their size in bytes, where that is asked.</summary>
    public long Bytes { get; init; }

    /// <summary>From a row of the storage's catalogue.</summary>
    public static QueriedTable Of(Storage.StoredTable stored)
    {
        using var document = JsonDocument.Parse(stored.Resource);
        var query = document.RootElement.TryGetProperty("view", out var view) && view.TryGetProperty("query", out var text) ? text.GetString() : null;
        return new QueriedTable(stored.TableKey, stored.DatasetId, stored.TableId, stored.Kind, TableColumn.ReadSchema(document.RootElement), query, stored.CreatedMs, stored.ModifiedMs);
    }

    /// <summary>What its name has behind the prefix of the wildcard.</summary>
    public string Suffix(TablePath wildcard) => TableId[(wildcard.Table.Length - 1)..];
}
