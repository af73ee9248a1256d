using Google.Cloud.BigQuery.V2;

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
}
