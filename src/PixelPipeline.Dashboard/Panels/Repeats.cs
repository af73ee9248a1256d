using System.Collections.Concurrent;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// The rows of events that the tables may hold more than once, and all others of the same microseconds. From them follows
/// for any span which rows count: of each event the earliest within the span, and of what a browser sent twice on a day
/// (UTC) the first, as the view <c>events</c> has it.
/// </summary>
/// <param name="Rows">The rows, each once.</param>
internal sealed record Repeats(IReadOnlyCollection<RepeatedRow> Rows)
{
    private readonly ConcurrentDictionary<(DateTime From, DateTime To, DateTime? Begin), Lazy<Exclusion>> _exclusions = new();

    /// <summary>What questions about a span have to leave out; worked out once for the many questions of a reading.</summary>
    /// <param name="from">The first instant, UTC.</param>
    /// <param name="to">The first instant that counts no more.</param>
    /// <param name="begin">An instant from which on each event counts anew; null for none.</param>
    public Exclusion Of(DateTime from, DateTime to, DateTime? begin = null) =>
        _exclusions.GetOrAdd((from, to, begin), span => new Lazy<Exclusion>(() => Find(span.From, span.To, span.Begin))).Value;

    /// <summary>Microseconds since 1970.</summary>
    public static long Micros(DateTime time) => (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private Exclusion Find(DateTime from, DateTime to, DateTime? begin)
    {
        var (first, end) = (Micros(from), Micros(to));
        var rows = Rows.Where(r => r.Micros >= first && r.Micros < end).ToList();
        var anew = begin is { } instant ? Micros(instant) : first;
        var kept = rows.GroupBy(r => (r.EventId, IsAnew: r.Micros >= anew)).Select(copies => copies.MinBy(r => r.Micros)!)
            .GroupBy(r => (r.User, Day: r.Micros / TimeSpan.MicrosecondsPerDay, r.Hit, r.Micros >= anew))
            .Select(sent => sent.MinBy(r => (r.Micros, r.EventId), Earlier)!)
            .ToHashSet();
        var dropped = rows.Where(r => !kept.Contains(r)).Select(r => r.Micros).ToHashSet();
        var excluded = dropped.Concat(kept.Where(r => r.Copies > 1).Select(r => r.Micros)).ToHashSet();
        return new Exclusion(excluded, [.. kept.Where(r => excluded.Contains(r.Micros))]);
    }

    private static Comparer<(long Micros, string EventId)> Earlier { get; } = Comparer<(long Micros, string EventId)>.Create(
        (a, b) => a.Micros != b.Micros ? a.Micros.CompareTo(b.Micros) : string.CompareOrdinal(a.EventId, b.EventId));
}

/// <summary>One row, or several that are the same.</summary>
/// <param name="EventId">The event's id.</param>
/// <param name="Micros">Its time in microseconds since 1970.</param>
/// <param name="User">The user's id.</param>
/// <param name="Hit">The browser's id of the hit; the event's where there is none.</param>
/// <param name="Copies">How many such rows there are.</param>
internal sealed record RepeatedRow(string EventId, long Micros, string User, string Hit, long Copies);

/// <summary>Which rows a question about a span looks at in another way than at most.</summary>
/// <param name="Times">The times, in microseconds since 1970, at which no row counts by itself.</param>
/// <param name="Kept">The rows of these times that count, each once.</param>
internal sealed record Exclusion(IReadOnlyCollection<long> Times, IReadOnlyCollection<RepeatedRow> Kept);
