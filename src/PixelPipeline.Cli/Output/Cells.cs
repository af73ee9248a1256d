using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.Cli.Output;

/// <summary>The values of a BigQuery row, as they are printed.</summary>
internal static class Cells
{
    /// <summary>One value; a DATE, which the client library gives as an instant, is a <see cref="DateOnly"/>.</summary>
    public static object? Of(BigQueryRow row, int index) => row[index] switch
    {
        DateTime time when row.Schema.Fields[index].Type == "DATE" => DateOnly.FromDateTime(time),
        var value => value,
    };

    /// <summary>All values in the columns' order.</summary>
    public static object?[] Of(BigQueryRow row) => [.. Enumerable.Range(0, row.Schema.Fields.Count).Select(i => Of(row, i))];
}
