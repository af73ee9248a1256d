using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>How the pipeline is, where whoever runs it says so: it changes without any row.</summary>
internal sealed class HealthPanel() : Panel("health", "Pipeline")
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    internal override bool IsFor(Asking asking) => asking.HasHost;

    internal override bool IsStale(PanelContent? content, Reading reading) => true;

    internal override Question Ask(Asking asking) => new(
        $"""
        SELECT COUNT(DISTINCT event_id) AS lately
        FROM {asking.Tables.Rejected}
        WHERE rejected_time >= @from AND rejected_time < @to AND reason != 'resolved'
        """,
        [new("from", asking.Now - Lately), new("to", asking.Now)]);

    internal override PanelContent Shape(Answer answer, Asking asking) => throw new NotSupportedException("The host is asked, too.");

    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken)
    {
        var desk = reading.Desk!;
        var rejected = reading.Answers.AskAsync(Ask(reading.Asking), cancellationToken);
        var state = await desk.Host.LookAsync(cancellationToken);
        return new HealthContent(state, (await rejected).Rows.Select(r => (long)r[0]!).FirstOrDefault(), Lately, desk.Examined);
    }
}

/// <summary>How the pipeline is.</summary>
/// <param name="State">What the host says.</param>
/// <param name="Rejected">Entries rejected in the last minutes.</param>
/// <param name="Lately">How many minutes these are.</param>
/// <param name="Examined">The last marked hit, hop by hop; null where none was sent.</param>
public sealed record HealthContent(PipelineState State, long Rejected, TimeSpan Lately, Done<IReadOnlyList<HopCheck>>? Examined) : PanelContent
{
    /// <summary>How long the last marked hit took to its row; null where none came there.</summary>
    public TimeSpan? HitToRow => Examined?.Result is [.., { IsPassed: true } row] ? row.Time : null;

    /// <inheritdoc/>
    public override Answer Table => new(
        ["waiting", "dead_letters", "ignored_a_minute", "rejected_a_minute", "hit_to_row_ms"],
        [[State.Waiting, State.DeadLetters, State.Ignored / State.Lately.TotalMinutes, Rejected / Lately.TotalMinutes, HitToRow?.TotalMilliseconds]]);
}
