using Google.Cloud.BigQuery.V2;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Rows;

/// <summary>A row as BigQuery gives it, and the table that it is in.</summary>
/// <param name="TableId">The table.</param>
/// <param name="Row">Its values.</param>
internal sealed record StoredRow(string TableId, BigQueryRow Row)
{
    /// <summary>The names of its columns.</summary>
    public IEnumerable<string> Columns => Row.Schema.Fields.Select(f => f.Name);

    /// <summary>The event's instant, for sorting; the earliest of all where the table has none.</summary>
    public DateTime Time => this["event_time"] as DateTime? ?? this["rejected_time"] as DateTime? ?? DateTime.MinValue;

    /// <summary>A value; null where it is NULL or the table has no such column.</summary>
    public object? this[string column] => Columns.ToList().IndexOf(column) is var index and >= 0 ? RowValues.Of(Row, index) : null;
}
