using PixelPipeline.Events;
using PixelPipeline.Tables;

namespace PixelPipeline.Writing;

/// <summary>
/// Commits an event's row in every table of the layout, the table of all events first: it is the truth, and the table
/// of the user and day follows it. Safe for concurrent use.
/// </summary>
public sealed class LayoutWriter
{
    private readonly GroupCommitWriter _commits;
    private readonly TableLayout _layout;
    private readonly PipelineMeter _meter;

    // In the table of all events already: their messages come again because the other table was not to be had.
    private readonly RecentSet<string> _following = new(generationSize: 50_000);

    /// <summary>Puts the layout in front of the group commit.</summary>
    /// <param name="commits">Commits rows in one table.</param>
    /// <param name="layout">Names the tables.</param>
    /// <param name="meter">Is told of rows that only the table of all events takes.</param>
    public LayoutWriter(GroupCommitWriter commits, TableLayout layout, PipelineMeter meter)
    {
        _commits = commits;
        _layout = layout;
        _meter = meter;
    }

    /// <summary>Commits a row.</summary>
    /// <param name="row">The event.</param>
    /// <param name="own">Its table of user and day, or the only one: <see cref="TableLayout.TableOf"/>.</param>
    /// <param name="cancellationToken">Withdraws the row while it waits.</param>
    /// <returns>
    /// Committed, and the table of user and day that has it (the overflow table, where the budget is spent), or invalid
    /// and the table that says so. Where the table of all events has the row, it is committed, whatever the other says.
    /// </returns>
    /// <exception cref="RowNotCommittedException">A table's answer is not known: the row has to come again.</exception>
    public async Task<(RowFate Fate, TableName Table)> WriteAsync(EventRow row, TableName own, CancellationToken cancellationToken)
    {
        if (_layout.AllEvents is not { } all || all == own)
        {
            return await _commits.WriteAsync(row, own, cancellationToken);
        }

        if (!_following.Contains(row.InsertId) && await _commits.WriteAsync(row, all, cancellationToken) is { Fate.IsCommitted: false } refused)
        {
            return refused;
        }

        return await FollowAsync(row, own, cancellationToken);
    }

    private async Task<(RowFate Fate, TableName Table)> FollowAsync(EventRow row, TableName own, CancellationToken cancellationToken)
    {
        try
        {
            var (fate, table) = await _commits.WriteAsync(row, own, cancellationToken);
            if (!fate.IsCommitted)
            {
                _meter.RecordRefusedByOwnTable();
            }

            _following.Remove(row.InsertId);
            return (RowFate.Committed, table);
        }
        catch
        {
            _following.Add(row.InsertId); // not once more into the table of all events when its message comes again
            throw;
        }
    }
}
