using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The events of the period over time, by type.</summary>
internal sealed class SeriesPanel() : Panel("series", "Events over time")
{
    /// <summary>How many types are shown by name.</summary>
    public const int MostTypes = 6;

    // Instants are rounded in UTC, which is cheap, and put on the viewer's calendar afterwards.
    // Anyone can send any type: what is not among the first six comes as one row.
    internal override Question Ask(Asking asking)
    {
        var slot = HasWholeHours(asking) ? "TIMESTAMP_TRUNC(event_time, HOUR)" : "TIMESTAMP_SECONDS(DIV(UNIX_SECONDS(event_time), 900) * 900)";
        return new EventQuery(asking, "type").Ask(FormattableString.Invariant(
            $"""
            SELECT
              slot,
              LEAST(place, {MostTypes + 1}) AS shown_place,
              IF(place <= {MostTypes}, type, NULL) AS shown_type,
              SUM(events) AS events
            FROM (
              SELECT slot, type, events, DENSE_RANK() OVER (ORDER BY total DESC, type) AS place
              FROM (
                SELECT slot, type, events, SUM(events) OVER (PARTITION BY type) AS total
                FROM (SELECT {slot} AS slot, type, COUNT(*) AS events FROM events GROUP BY slot, type)
              )
            )
            GROUP BY slot, shown_place, shown_type
            ORDER BY slot, shown_place
            """));
    }

    internal override PanelContent Shape(Answer answer, Asking asking)
    {
        var buckets = Buckets.Of(asking.Period, asking.View.Zone);
        var series = answer.Rows
            .GroupBy(r => (long)r[1]!)
            .OrderBy(g => g.Key)
            .Select(g => new TypeSeries((string?)g.First()[2], IsOther: g.Key > MostTypes, EventsOf(g, buckets)));
        return new SeriesContent(asking.Period.Grain, buckets.Starts, buckets.Locals, [.. series]);
    }

    private static long[] EventsOf(IEnumerable<IReadOnlyList<object?>> rows, Buckets buckets)
    {
        var events = new long[buckets.Starts.Count];
        foreach (var row in rows)
        {
            events[buckets.IndexOf((DateTime)row[0]!)] += (long)row[3]!;
        }

        return events;
    }

    private static bool HasWholeHours(Asking asking)
    {
        var zone = asking.View.Zone;
        for (var time = asking.Period.From; time < asking.Period.To.AddDays(1); time = time.AddDays(1))
        {
            if (zone.GetUtcOffset(time).Ticks % TimeSpan.TicksPerHour != 0)
            {
                return false;
            }
        }

        return asking.Period.From.Ticks % TimeSpan.TicksPerHour == 0;
    }
}
