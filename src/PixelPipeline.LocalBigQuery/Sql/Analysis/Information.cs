using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// What a dataset tells of its tables: <c>INFORMATION_SCHEMA.TABLES</c> and <c>.COLUMNS</c>, and <c>__TABLES__</c>
/// (https://cloud.google.com/bigquery/docs/information-schema-tables).
/// </summary>
internal static class Information
{
    /// <summary>The rows, when it is one of these; null otherwise.</summary>
    public static ValuesRelation? TryBind(TableItem item, StatementContext statement, Arena arena)
    {
        var at = item.Path.Count - 1;
        var isSchema = at > 0 && item.Path[at - 1].Equals("INFORMATION_SCHEMA", StringComparison.OrdinalIgnoreCase);
        if (!isSchema && !item.Path[at].Equals("__TABLES__", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = item.Path.Take(isSchema ? at - 1 : at).ToList();
        var dataset = parts.Count > 0 ? parts[^1] : statement.DefaultDataset
            ?? throw new GoogleSqlException($"{item.Path[at]} must be qualified with a dataset", item.Position);
        var tables = statement.Catalog.All(new TablePath(parts.Count > 1 ? parts[0] : statement.Project, dataset, item.Path[at]), item.Position);
        var project = parts.Count > 1 ? parts[0] : statement.Project;
        return arena.Add(!isSchema ? Summaries(tables, project, dataset) : item.Path[at].ToUpperInvariant() switch
        {
            "TABLES" => Tables(tables, project, dataset),
            "COLUMNS" => ColumnsOf(tables, project, dataset),
            _ => throw new GoogleSqlException($"Not supported: INFORMATION_SCHEMA.{item.Path[at]}", item.Position),
        });
    }

    private static ValuesRelation Tables(IReadOnlyList<QueriedTable> tables, string project, string dataset) => Made(
        [("table_catalog", SqlType.String), ("table_schema", SqlType.String), ("table_name", SqlType.String), ("table_type", SqlType.String), ("is_insertable_into", SqlType.String), ("creation_time", SqlType.Timestamp)],
        tables.Select(t => new object?[] { project, dataset, t.TableId, t.Kind == "TABLE" ? "BASE TABLE" : t.Kind, t.Kind == "TABLE" ? "YES" : "NO", new Timestamp(t.CreatedMs * 1000) }));

    private static ValuesRelation ColumnsOf(IReadOnlyList<QueriedTable> tables, string project, string dataset) => Made(
        [("table_catalog", SqlType.String), ("table_schema", SqlType.String), ("table_name", SqlType.String), ("column_name", SqlType.String), ("ordinal_position", SqlType.Int64), ("is_nullable", SqlType.String), ("data_type", SqlType.String)],
        tables.SelectMany(t => t.Columns.Select((c, i) => new object?[] { project, dataset, t.TableId, c.Name, (long)i + 1, c.IsRequired ? "NO" : "YES", c.Type?.Name() ?? c.TypeName })));

    private static ValuesRelation Summaries(IReadOnlyList<QueriedTable> tables, string project, string dataset) => Made(
        [("project_id", SqlType.String), ("dataset_id", SqlType.String), ("table_id", SqlType.String), ("creation_time", SqlType.Int64), ("last_modified_time", SqlType.Int64), ("row_count", SqlType.Int64), ("size_bytes", SqlType.Int64), ("type", SqlType.Int64)],
        tables.Select(t => new object?[] { project, dataset, t.TableId, t.CreatedMs, t.ModifiedMs, t.RowCount, t.Bytes, t.Kind == "TABLE" ? 1L : t.Kind == "VIEW" ? 2L : 3L }));

    private static ValuesRelation Made((string Name, SqlType Type)[] columns, IEnumerable<object?[]> rows) =>
        new ValuesRelation([.. columns.Select(c => new RelationColumn(c.Name, c.Type))], [.. rows]).Complete();
}
