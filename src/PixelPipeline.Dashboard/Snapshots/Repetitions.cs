using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>
/// Which events the tables may hold more than once. They are few, and to find them is most of the work of counting each
/// event once: so they are found when rows come, not for each question and filter.
/// </summary>
internal sealed class Repetitions : IDisposable
{
    /// <summary>Beyond so many, questions find repetitions themselves.</summary>
    public const int Most = 5_000;

    private const int MostPeriods = 16;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<Known> _known = []; // the one used last at the end

    /// <summary>The ids of the period's events, and of those before it, that may be there more than once.</summary>
    /// <param name="answers">BigQuery.</param>
    /// <param name="asking">The tables and the period.</param>
    /// <param name="pulse">What was counted just now: rows that come later are looked at by the next reading.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where they are too many.</returns>
    public async Task<IReadOnlyCollection<string>?> FindAsync(IAnswers answers, Asking asking, Pulse pulse, CancellationToken cancellationToken)
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
            return known!.Ids;
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
        if (known is { Ids: null })
        {
            return known with { Pulse = pulse }; // too many stay too many
        }

        var changed = change.ToDateTime(default, DateTimeKind.Utc) is var day && day > since ? day : since;
        var answer = await answers.AskAsync(Question(asking, changed), cancellationToken);
        var ids = (known?.Ids ?? []).Concat(answer.Rows.Select(r => (string)r[0]!)).ToHashSet();
        return new Known(place, pulse, ids.Count > Most ? null : ids);
    }

    // Of an event that was delivered twice, or posted twice at different times, all copies have one id; of a hit that a
    // browser sent twice, both have one hit_id on one day.
    private static Question Question(Asking asking, DateTime changed)
    {
        const string Span = "event_time >= @from AND event_time < @to";
        const string Changed = "event_time >= @changed AND event_time < @to";
        var events = asking.Tables.Events;
        var isAll = changed <= asking.Period.Since;
        var byId =
            $"""
            SELECT event_id
            FROM {events}
            WHERE {Span}{(isAll ? "" : $" AND event_id IN (SELECT event_id FROM {events} WHERE {Changed})")}
            GROUP BY event_id
            HAVING COUNT(*) > 1
            """;
        var byHit = !asking.Tables.Has("hit_id") ? "" :
            $"""

            UNION DISTINCT
            SELECT event_id
            FROM {events}
            WHERE {Changed} AND IFNULL(hit_id, event_id) IN (
              SELECT IFNULL(hit_id, event_id) AS hit
              FROM {events}
              WHERE {Changed}
              GROUP BY hit
              HAVING COUNT(*) > 1
            )
            """;
        Parameter[] span = [new("from", asking.Period.Since), new("to", asking.Period.To), new("changed", changed)];
        return new Question(
            FormattableString.Invariant($"SELECT event_id\nFROM (\n{byId}{byHit}\n)\nLIMIT {Most + 1}"),
            isAll && byHit.Length == 0 ? span[..2] : span);
    }

    private sealed record Known((string Events, DateTime Since, DateTime To) Place, Pulse Pulse, IReadOnlyCollection<string>? Ids);
}
