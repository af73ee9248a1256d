using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The entries of the period that could not become events, by reason, and the newest of each.</summary>
internal sealed class RejectedPanel() : Panel("rejected", "Rejected entries")
{
    /// <summary>How many entries of each reason are shown whole.</summary>
    public const int MostEntries = 3;

    // As the view `rejections` counts them, which is not there before the first event is.
    internal override Question Ask(Asking asking) => new(
        $"""
        SELECT
          reason,
          COUNT(DISTINCT event_id) AS entries,
          COUNT(DISTINCT IF(is_resolved, NULL, event_id)) AS unresolved,
          MAX(rejected_time) AS newest
        FROM (
          SELECT reason, event_id, rejected_time, {IsResolved(asking)} AS is_resolved
          FROM {asking.Tables.Rejected}
          WHERE rejected_time >= @from AND rejected_time < @to AND reason != 'resolved'
        )
        GROUP BY reason
        ORDER BY entries DESC, reason
        LIMIT 20
        """,
        [new("from", asking.Period.From), new("to", asking.Period.To)]);

    internal override PanelContent Shape(Answer answer, Asking asking) => Shape(answer, Answer.Nothing);

    internal override bool IsStale(PanelContent? content, Reading reading) => (content as RejectedContent)?.Replayed != reading.Desk?.Replayed;

    /// <summary>Entries are large and strangers can send many: no more days are read of them than have the newest of each reason.</summary>
    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken)
    {
        var reasons = await reading.Answers.AskAsync(Ask(reading.Asking), cancellationToken);
        if (reasons.Rows.Where(r => (long)r[2]! > 0).Min(r => (DateTime?)r[3]) is not { } oldest)
        {
            return Shape(reasons, Answer.Nothing) with { Replayed = reading.Desk?.Replayed };
        }

        var day = oldest.Date > reading.Asking.Period.From ? oldest.Date : reading.Asking.Period.From;
        return Shape(reasons, await reading.Answers.AskAsync(AskEntries(reading.Asking, day), cancellationToken)) with { Replayed = reading.Desk?.Replayed, CanReplay = reading.Desk is not null };
    }

    private static RejectedContent Shape(Answer reasons, Answer entries)
    {
        var shown = entries.Rows.ToLookup(r => (string)r[0]!, r => new ShownEntry((DateTime)r[1]!, (string?)r[2], (string?)r[3], r[4] as byte[] ?? []));
        return new RejectedContent([.. reasons.Rows.Select(r => (string)r[0]!).Zip(reasons.Rows, (reason, r) => new RejectedFor(reason, (long)r[1]!, (long)r[2]!, (DateTime)r[3]!, [.. shown[reason]]))]);
    }

    private static Question AskEntries(Asking asking, DateTime from) => new(FormattableString.Invariant(
        $"""
        SELECT reason, rejected_time, `column`, message, entry
        FROM (
          SELECT *
          FROM {asking.Tables.Rejected}
          WHERE rejected_time >= @from AND rejected_time < @to AND reason != 'resolved' AND NOT {IsResolved(asking)}
          QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY rejected_time DESC) = 1
        )
        WHERE TRUE
        QUALIFY ROW_NUMBER() OVER (PARTITION BY reason ORDER BY rejected_time DESC, event_id) <= {MostEntries}
        ORDER BY reason, rejected_time DESC
        """),
        [new("from", from), new("to", asking.Period.To)]);

    // A resolution comes after what it resolves.
    private static string IsResolved(Asking asking) =>
        $"event_id IN (SELECT event_id FROM {asking.Tables.Rejected} WHERE reason = 'resolved' AND rejected_time >= @from)";
}
