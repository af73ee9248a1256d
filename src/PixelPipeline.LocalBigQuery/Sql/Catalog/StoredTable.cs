using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Sql.Catalog;

/// <summary>A table or view as the database has it.</summary>
internal sealed record StoredTable(long Key, string TableId, string Kind, IReadOnlyList<TableColumn> Columns, string? ViewQuery)
{
    /// <summary>From a row of the catalogue.</summary>
    public static StoredTable Read(long key, string tableId, string kind, string resource)
    {
        using var document = JsonDocument.Parse(resource);
        var query = document.RootElement.TryGetProperty("view", out var view) && view.TryGetProperty("query", out var text) ? text.GetString() : null;
        return new StoredTable(key, tableId, kind, TableColumn.ReadSchema(document.RootElement), query);
    }
}
