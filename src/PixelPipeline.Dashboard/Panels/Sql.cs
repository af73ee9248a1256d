namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// The text that questions begin with. It counts every event once, as the view <c>events</c> does, but takes the span of
/// time before it looks for repetitions: BigQuery reads a view with a window whole, whatever condition stands outside of
/// it, and here only the partitions of the span.
/// </summary>
internal static class Sql
{
    /// <summary>The events of the span as <c>recent</c>, with these columns.</summary>
    public static string Recent(string columns) =>
        $$"""
        WITH recent AS (
          SELECT {{columns}}
          FROM {events}
          WHERE event_time >= @from AND event_time < @to
          QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) = 1
        )

        """;
}
