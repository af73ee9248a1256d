using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// Events over time by type: <c>slot, shown_place, shown_type, events</c>. Anyone can send any type: what is not among the first
/// comes as one row, whose type is NULL.
/// </summary>
internal sealed class SeriesQuestion : SummedQuestion
{
    // Instants are rounded in UTC, which is cheap, and put on the viewer's calendar afterwards.
    /// <inheritdoc/>
    public override Question Ask(Asking asking)
    {
        var slot = HasWholeHours(asking) ? "TIMESTAMP_TRUNC(event_time, HOUR)" : "TIMESTAMP_SECONDS(DIV(UNIX_SECONDS(event_time), 900) * 900)";
        var query = new EventQuery(asking, "type");
        var (open, isOpen, most) = asking.Open is null ? ("", "", SeriesPanel.MostTypes) : ("is_open, ", $"{query.IsOpen} AS is_open, ", MostKept);
        return query.Ask(FormattableString.Invariant(
            $"""
            SELECT
              {open}slot,
              LEAST(place, {most + 1}) AS shown_place,
              IF(place <= {most}, type, NULL) AS shown_type,
              SUM(events) AS events
            FROM (
              SELECT {open}slot, type, events, DENSE_RANK() OVER ({(open.Length == 0 ? "" : "PARTITION BY is_open ")}ORDER BY total DESC, type) AS place
              FROM (
                SELECT {open}slot, type, events, SUM(events) OVER (PARTITION BY {open}type) AS total
                FROM (SELECT {isOpen}{slot} AS slot, type, COUNT(*) AS events FROM events GROUP BY {open}slot, type)
              )
            )
            GROUP BY {open}slot, shown_place, shown_type
            ORDER BY {open}slot, shown_place
            """));
    }

    /// <inheritdoc/>
    public override async Task<Answer> AddAsync(Answer over, Answer open, Asking asking, Func<Question, Task<Answer>> ask) => Add(over, open) ?? await ask(Ask(asking));

    private static Answer? Add(Answer over, Answer open)
    {
        if (Ranking.First(SeriesPanel.MostTypes, Rank(over), Rank(open)) is not { } first)
        {
            return null;
        }

        var places = first.Select((type, i) => (Type: ValueTuple.Create(type.Value), Place: i + 1L)).ToDictionary(t => t.Type, t => t.Place);
        var rows = over.Rows.Concat(open.Rows)
            .GroupBy(r => (Slot: r[0], Place: IsRest(r) ? SeriesPanel.MostTypes + 1L : places.GetValueOrDefault(ValueTuple.Create((string?)r[2]), SeriesPanel.MostTypes + 1L)))
            .Select(g => (object?[])[g.Key.Slot, g.Key.Place, g.Key.Place > SeriesPanel.MostTypes ? null : first[(int)g.Key.Place - 1].Value, g.Sum(r => (long)r[3]!)]);
        return new Answer(over.Columns, [.. rows]);
    }

    private static bool IsRest(IReadOnlyList<object?> row) => (long)row[1]! > MostKept;

    private static Ranking Rank(Answer answer)
    {
        var types = answer.Rows.Where(r => !IsRest(r)).GroupBy(r => (string?)r[2]).Select(g => new RankedValue(g.Key, [g.Sum(r => (long)r[3]!)])).OrderByDescending(t => t.Counts[0]);
        return new Ranking([.. types], IsCut: answer.Rows.Any(IsRest));
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
