using Microsoft.Extensions.Logging;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>Makes readings. One never fails: what cannot be read keeps its last good data and says what is wrong.</summary>
internal sealed class SnapshotReader(IAnswers answers, DashboardOptions options, ILogger logger)
{
    /// <summary>Reads all panels at once.</summary>
    /// <param name="previous">The reading before, for what it has of good data.</param>
    /// <param name="cancellationToken">The server stops.</param>
    public async Task<Snapshot> ReadAsync(Snapshot? previous, CancellationToken cancellationToken)
    {
        var now = options.TimeProvider.GetUtcNow().UtcDateTime;
        var before = (previous ?? Snapshot.Nothing).Panels;
        try
        {
            var tables = await answers.FindTablesAsync(cancellationToken);
            var asked = tables is null ? new NoAnswers() : answers;
            var named = tables ?? new EventTables(options.DatasetId, options.BaseTable, AllEvents: null);
            var panels = await Task.WhenAll(before.Select(p => ReadAsync(p, asked, named, now, cancellationToken)));
            return new Snapshot(now, panels, HasTables: tables is not null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var problem = Explain(e);
            return new Snapshot(now, [.. before.Select(p => p with { Problem = problem })], previous?.HasTables ?? true);
        }
    }

    private async Task<PanelState> ReadAsync(PanelState before, IAnswers asked, EventTables tables, DateTime now, CancellationToken cancellationToken)
    {
        try
        {
            var (question, content) = await before.Panel.ReadAsync(asked, tables, now, cancellationToken);
            return new PanelState(before.Panel, question, content, now, Problem: null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return before with { Problem = Explain(e) };
        }
    }

    private string Explain(Exception e)
    {
        if (!PlainWords.Knows(e))
        {
            logger.LogError(e, "A reading of the dashboard failed");
        }

        return PlainWords.Of(e, options);
    }

    /// <summary>Where there is no table, every question has the same answer.</summary>
    private sealed class NoAnswers : IAnswers
    {
        public Task<EventTables?> FindTablesAsync(CancellationToken cancellationToken) => Task.FromResult<EventTables?>(null);

        public Task<Answer> AskAsync(Question question, CancellationToken cancellationToken) => Task.FromResult(Answer.Nothing);
    }
}
