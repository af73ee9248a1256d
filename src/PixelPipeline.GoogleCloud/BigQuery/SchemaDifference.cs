using Google.Apis.Bigquery.v2.Data;
using PixelPipeline.Events;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>How a table's schema differs from the one that its rows have.</summary>
/// <param name="Missing">Columns that the table lacks and can be given: NULLABLE ones.</param>
/// <param name="Conflict">What BigQuery cannot change, in a line that names both sides; null for nothing.</param>
/// <seealso href="https://cloud.google.com/bigquery/docs/managing-table-schemas"/>
public sealed record SchemaDifference(IReadOnlyList<Column> Missing, string? Conflict)
{
    private static readonly Dictionary<string, string> OldSpelling =
        new() { ["INT64"] = "INTEGER", ["FLOAT64"] = "FLOAT", ["BOOL"] = "BOOLEAN", ["DECIMAL"] = "NUMERIC" };

    /// <summary>Compares.</summary>
    /// <param name="columns">What rows have.</param>
    /// <param name="table">What the table has; null for no schema.</param>
    public static SchemaDifference Between(IReadOnlyList<Column> columns, TableSchema? table)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var there = (table?.Fields ?? []).ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
        var missing = new List<Column>();
        string? conflict = null;
        foreach (var column in columns)
        {
            if (there.Remove(column.Name, out var field))
            {
                conflict ??= ConflictOf(column, field);
            }
            else
            {
                missing.Add(column);
                conflict ??= column.IsRequired ? $"the column {column.Name} of the schema is missing, and being REQUIRED it cannot be added: make it NULLABLE" : null;
            }
        }

        conflict ??= there.Values.FirstOrDefault(f => f.Mode == "REQUIRED") is { } required ? $"the column {required.Name}, which no event has, is REQUIRED" : null;
        return new SchemaDifference(missing, conflict);
    }

    /// <summary>The table's schema with the missing columns at its end, as BigQuery wants them.</summary>
    /// <param name="table">What the table has.</param>
    public TableSchema AddTo(TableSchema? table) => new() { Fields = [.. table?.Fields ?? [], .. BigQueryRows.ToTableSchema(Missing).Fields] };

    private static string? ConflictOf(Column column, TableFieldSchema field)
    {
        var (type, wanted) = (OldSpelling.GetValueOrDefault(field.Type, field.Type), column.Type.ToString().ToUpperInvariant());
        return type != wanted ? $"the column {column.Name} is {type}, in the schema {wanted}"
            : column.IsRequired && field.Mode != "REQUIRED" ? $"the column {column.Name} is NULLABLE, in the schema REQUIRED"
            : null;
    }
}
