using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The events of the period over time, by type.</summary>
internal sealed class SeriesPanel() : Panel("series", "Events over time")
{
    /// <summary>How many types are shown by name.</summary>
    public const int MostTypes = 6;

    internal override Question Ask(Asking asking) => new SeriesQuestion().Ask(asking);

    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken) =>
        Shape(await reading.Series.WaitAsync(cancellationToken), reading.Asking);

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
}
