using Microsoft.Extensions.Logging;
using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>Makes readings. One never fails: what cannot be read keeps its last good data and says what is wrong.</summary>
internal sealed class SnapshotReader(IAnswers answers, DashboardOptions options, Repetitions repetitions, ILogger logger, HostDesk? desk = null)
{
    /// <summary>Reads all panels at once, where anything has changed.</summary>
    /// <param name="view">What they are about.</param>
    /// <param name="previous">The reading before, for what it has of good data.</param>
    /// <param name="cancellationToken">The server stops.</param>
    public async Task<Snapshot> ReadAsync(View view, Snapshot? previous, CancellationToken cancellationToken)
    {
        var now = options.TimeProvider.GetUtcNow().UtcDateTime;
        var before = previous ?? Snapshot.Nothing(view, now);
        var period = Period.Of(view.Range, view.Zone, view.Grain, now);
        try
        {
            if (await answers.FindTablesAsync(cancellationToken) is not { } tables)
            {
                return new Snapshot(view, period, now, [], HasTables: false);
            }

            ViewCheck.Check(view, tables);
            return await ReadAsync(new Asking(tables, view, period, now) { HasHost = desk is not null }, before, cancellationToken);
        }
        catch (UnreadableViewException e)
        {
            return new Snapshot(view, period, now, [], HasTables: true) { ViewProblem = e.Message };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return before with { ReadAt = now, ReadingProblem = Explain(e), Pulse = null };
        }
    }

    private async Task<Snapshot> ReadAsync(Asking asking, Snapshot before, CancellationToken cancellationToken)
    {
        var pulse = await Pulse.TakeAsync(answers, asking, cancellationToken);
        if (pulse.IsAs(before.Pulse) && Minute(asking.Now) == Minute(before.ReadAt))
        {
            return before with { ReadAt = asking.Now, Panels = await RefreshAsync(before.Panels, new Reading(answers, asking, new ClosedDays(null), desk, cancellationToken), cancellationToken) };
        }

        var repeats = await repetitions.FindAsync(answers, asking, pulse, cancellationToken);
        var closed = Closed(asking, repeats, pulse, before);
        var reading = new Reading(answers, asking with { Repeats = repeats }, closed, desk, cancellationToken);
        var old = before.Panels.ToDictionary(p => p.Panel);
        var panels = await Task.WhenAll(Panel.All.Where(p => p.IsFor(asking)).Select(
            p => ReadAsync(old.GetValueOrDefault(p) ?? new PanelState(p, null, null, null, null), reading, cancellationToken)));
        return new Snapshot(asking.View, asking.Period, asking.Now, panels, HasTables: true)
        {
            Columns = [.. asking.Tables.ListedColumns],
            Pulse = panels.Any(p => p.Problem is not null) ? null : pulse,
            Closed = (closed, asking, pulse),
        };
    }

    /// <summary>What the reading before has kept of days that are over, where nothing has come to them since; else nothing yet.</summary>
    private static ClosedDays Closed(Asking asking, Repeats? repeats, Pulse pulse, Snapshot before)
    {
        if (repeats is null)
        {
            return new ClosedDays(null); // repetitions are looked for among the rows that a question reads: it has to read all
        }

        return before.Closed is ({ Open: { } open } days, var last, var older) && IsOfTheSame(asking, last) && !pulse.Changes(older).Any(d => open.IsOver(d, asking.Period))
            ? days
            : new ClosedDays(OpenDays.Of(asking.Period, asking.Now));
    }

    // Another column is another list, of which nothing was kept.
    private static bool IsOfTheSame(Asking asking, Asking last) =>
        (asking.Period.From, asking.Period.To, asking.Period.Since) == (last.Period.From, last.Period.To, last.Period.Since)
        && asking.Tables.Events == last.Tables.Events
        && asking.Tables.Columns.SequenceEqual(last.Tables.Columns);

    /// <summary>Of panels whose rows have not changed, those that change without.</summary>
    private async Task<IReadOnlyList<PanelState>> RefreshAsync(IReadOnlyList<PanelState> panels, Reading reading, CancellationToken cancellationToken) =>
        await Task.WhenAll(panels.Select(p => p.Panel.IsStale(p.Content, reading) ? ReadAsync(p, reading, cancellationToken) : Task.FromResult(p)));

    private async Task<PanelState> ReadAsync(PanelState before, Reading reading, CancellationToken cancellationToken)
    {
        try
        {
            var content = await before.Panel.ReadAsync(reading, cancellationToken);
            return new PanelState(before.Panel, before.Panel.Ask(reading.Asking.Anytime), content, reading.Asking.Now, Problem: null);
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

    private static long? Minute(DateTime? time) => time?.Ticks / TimeSpan.TicksPerMinute;
}
