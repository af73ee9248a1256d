namespace PixelPipeline.Privacy.Places;

/// <summary>Until when rows are in BigQuery's streaming buffer.</summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/data-manipulation-language#limitations"/>
internal static class StreamingBuffers
{
    private const string Why = "in BigQuery's streaming buffer, where rows cannot be deleted";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(90);

    /// <summary>What is left in a table of which BigQuery refused to delete rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="time">Tells the time.</param>
    public static Remainder Of(long rows, TimeProvider time) => new(rows, Why, time.GetUtcNow().UtcDateTime + Longest);
}
