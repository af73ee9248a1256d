namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// The text that questions begin with. It counts every event once, as the view <c>events</c> does, but takes the span of
/// time before it looks for repetitions: BigQuery reads a view with a window whole, whatever condition stands outside of
/// it, and here only the partitions of the span.
/// </summary>
internal static class Sql
{
    /// <summary>The hits of <c>pixel doctor</c> count nowhere.</summary>
    private const string NotDoctors = "AND IFNULL(CAST(user_id AS STRING), '') != 'pixel-doctor'";

    /// <summary>All events of the span as <c>recent</c>, with all columns.</summary>
    public static string Recent() => Once("*", "", "*");

    /// <summary>The events of the span that count as <c>recent</c>, with <c>event_time</c> and these columns.</summary>
    public static string Counted(params string[] columns)
    {
        string[] needed = ["event_time", "event_id", "user_id"];
        return Once(string.Join(", ", needed.Union(columns)) + "{hit_id}", NotDoctors, string.Join(", ", columns.Prepend("event_time")));
    }

    private static string Once(string read, string condition, string columns) =>
        $$"""
        WITH recent AS (
          SELECT {{columns}}
          FROM (
            SELECT {{read}}
            FROM {events}
            WHERE event_time >= @from AND event_time < @to {{condition}}
            QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) = 1
          )
          WHERE TRUE
          {once_by_hit_id}
        )

        """;
}
