using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>
/// Which rows the tables may hold more than once. They are few, and to find them is most of the work of counting each event
/// once: so they are found when rows come, not for each question and filter.
/// </summary>
internal sealed class Repetitions : IDisposable
{
    /// <summary>Beyond so many rows, questions find repetitions themselves: each question carries their times, 17 bytes each.</summary>
    public const int Most = 50_000;

    private const int MostPeriods = 16;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<Known> _known = []; // the one used last at the end

    /// <summary>The rows of the period, and of the one before it, that may be there more than once.</summary>
    /// <param name="answers">BigQuery.</param>
    /// <param name="asking">The tables and the period.</param>
    /// <param name="pulse">What was counted just now: rows that come later are looked at by the next reading.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where they are too many.</returns>
    public async Task<Repeats?> FindAsync(IAnswers answers, Asking asking, Pulse pulse, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var place = (asking.Tables.Events, asking.Period.Since, asking.Period.To);
            var known = _known.Find(k => k.Place == place);
            if (pulse.FirstChange(known?.Pulse) is { } change)
            {
                known = await LookAsync(answers, asking, known, change, pulse, cancellationToken);
            }

            _known.RemoveAll(k => k.Place == place);
            _known.Add(known!);
            _known.RemoveRange(0, Math.Max(_known.Count - MostPeriods, 0));
            return known!.Repeats;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static async Task<Known> LookAsync(IAnswers answers, Asking asking, Known? known, DateOnly change, Pulse pulse, CancellationToken cancellationToken)
    {
        var since = asking.Period.Since;
        var place = (asking.Tables.Events, since, asking.Period.To);
        if (known is { Repeats: null })
        {
            return known with { Pulse = pulse }; // too many stay too many
        }

        // Of the days since the change all is told anew, so that what is known of them goes: rows may be gone, too.
        var changed = change.ToDateTime(default, DateTimeKind.Utc) is var day && day > since ? day : since;
        var answer = await answers.AskAsync(Question(asking, changed), cancellationToken);
        var rows = answer.Rows.Select(r => new RepeatedRow((string)r[0]!, (long)r[1]!, (string?)r[2] ?? "", (string)r[3]!, (long)r[4]!)).ToDictionary(r => (r.EventId, r.Micros, r.User, r.Hit));
        foreach (var row in known?.Repeats?.Rows.Where(r => r.Micros < Repeats.Micros(changed)) ?? [])
        {
            rows.TryAdd((row.EventId, row.Micros, row.User, row.Hit), row);
        }

        return new Known(place, pulse, rows.Count > Most ? null : new Repeats(rows.Values));
    }

    // Of an event that was delivered twice, or posted twice at different times, all copies have one id; of a hit that a
    // browser sent twice, both have one hit_id on one day. Other rows of the same times are told as well: a question that
    // leaves out a time leaves out all of its rows.
    private static Question Question(Asking asking, DateTime changed)
    {
        const string Span = "event_time >= @from AND event_time < @to";
        const string Changed = "event_time >= @changed AND event_time < @to";
        var events = asking.Tables.Events;
        var hit = asking.Tables.Has("hit_id") ? "IFNULL(hit_id, event_id)" : "event_id";
        var isAll = changed <= asking.Period.Since;
        var byHit = hit == "event_id" ? "" :
            $"""

              UNION DISTINCT
              SELECT event_time
              FROM {events}
              WHERE {Changed} AND {hit} IN (
                SELECT {hit} AS hit
                FROM {events}
                WHERE {Changed}
                GROUP BY hit
                HAVING COUNT(*) > 1
              )
            """;
        Parameter[] span = [new("from", asking.Period.Since), new("to", asking.Period.To), new("changed", changed)];
        return new Question(
            FormattableString.Invariant(
            $"""
            SELECT event_id, UNIX_MICROS(event_time) AS micros, CAST(user_id AS STRING) AS who, {hit} AS hit, COUNT(*) AS again
            FROM {events}
            WHERE {Span} AND event_time IN (
              SELECT event_time
              FROM {events}
              WHERE {Span} AND event_id IN (
                SELECT event_id
                FROM {events}
                WHERE {Span}{(isAll ? "" : $" AND event_id IN (SELECT event_id FROM {events} WHERE {Changed})")}
                GROUP BY event_id
                HAVING COUNT(*) > 1
              ){byHit}
            )
            GROUP BY event_id, micros, who, hit
            LIMIT {Most + 1}
            """),
            isAll && byHit.Length == 0 ? span[..2] : span);
    }

    private sealed record Known((string Events, DateTime Since, DateTime To) Place, Pulse Pulse, Repeats? Repeats);
}
