using System.Globalization;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Events;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>The values of a BigQuery row, by the types of their columns.</summary>
public static class RowValues
{
    /// <summary>One value; a DATE, which the client library gives as an instant, is a <see cref="DateOnly"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="index">The column, from 0.</param>
    /// <returns>Null for NULL.</returns>
    public static object? Of(BigQueryRow row, int index)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row[index] switch
        {
            DateTime time when row.Schema.Fields[index].Type == "DATE" => DateOnly.FromDateTime(time),
            var value => value,
        };
    }

    /// <summary>All values in the columns' order.</summary>
    /// <param name="row">The row.</param>
    public static object?[] Of(BigQueryRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return [.. Enumerable.Range(0, row.Schema.Fields.Count).Select(i => Of(row, i))];
    }

    /// <summary>A stored event, to be written into another table.</summary>
    /// <param name="row">With <c>event_id</c> and <c>event_time</c>.</param>
    /// <param name="schema">The columns that the event has; what the row lacks of them is NULL.</param>
    public static EventRow ToEventRow(BigQueryRow row, EventSchema schema)
    {
        ArgumentNullException.ThrowIfNull(row);
        var places = row.Schema.Fields.Index().ToDictionary(f => f.Item.Name, f => f.Index);
        return EventRow.OfStored(schema, (string)row["event_id"], (DateTime)row["event_time"], name => !places.TryGetValue(name, out var index) ? null : Of(row, index) switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            BigQueryNumeric number => number.ToString(),
            var value => value,
        });
    }
}
