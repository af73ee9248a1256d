using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>
/// How many rows the tables have for each day of the period and the one before: while these do not change, nothing else does,
/// since rows are only added, or taken out as a whole for somebody who wants to be forgotten.
/// </summary>
/// <param name="Days">Rows by day (UTC), repeated deliveries included.</param>
/// <param name="Rejected">Rejected entries.</param>
internal sealed record Pulse(IReadOnlyDictionary<DateOnly, long> Days, long Rejected)
{
    /// <summary>Counts.</summary>
    public static async Task<Pulse> TakeAsync(IAnswers answers, Asking asking, CancellationToken cancellationToken)
    {
        Parameter[] span = [new("from", asking.Period.Since), new("to", asking.Period.To)];
        var days = answers.AskAsync(new Question(
            $"""
            SELECT DATE(event_time) AS day, COUNT(*) AS copies
            FROM {asking.Tables.Events}
            WHERE event_time >= @from AND event_time < @to
            GROUP BY day
            """,
            span), cancellationToken);
        var rejected = answers.AskAsync(new Question(
            $"""
            SELECT COUNT(*) AS entries
            FROM {asking.Tables.Rejected}
            WHERE rejected_time >= @from AND rejected_time < @to
            """,
            span), cancellationToken);
        return new Pulse(
            (await days).Rows.ToDictionary(r => (DateOnly)r[0]!, r => (long)r[1]!),
            (await rejected).Rows.Select(r => (long)r[0]!).FirstOrDefault());
    }

    /// <summary>The first day that has other rows than in an older count; null where none has.</summary>
    public DateOnly? FirstChange(Pulse? older) => older is null ? DateOnly.MinValue : Changes(older).Select(d => (DateOnly?)d).Min();

    /// <summary>The days that have other rows than in an older count.</summary>
    public IEnumerable<DateOnly> Changes(Pulse older) =>
        Days.Keys.Union(older.Days.Keys).Where(d => Days.GetValueOrDefault(d) != older.Days.GetValueOrDefault(d));

    /// <summary>True where nothing has changed since an older count.</summary>
    public bool IsAs(Pulse? older) => older is not null && Rejected == older.Rejected && FirstChange(older) is null;
}
