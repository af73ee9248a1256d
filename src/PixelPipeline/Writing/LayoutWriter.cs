using PixelPipeline.Events;
using PixelPipeline.Tables;

namespace PixelPipeline.Writing;

/// <summary>
/// Commits an event's row in every table of the layout, the table of all events first: it is the truth, and the table
/// of the user and day follows it. Safe for concurrent use.
/// </summary>
public sealed class LayoutWriter
{
    /// <summary>What both tables together may take: a message is answered before its ack deadline of 60 s, and is not delivered twice at once.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(50);

    private readonly GroupCommitWriter _commits;
    private readonly TableLayout _layout;
    private readonly PipelineMeter _meter;
    private readonly TimeProvider _time;

    // In the table of all events already: their messages come again because the other table was not to be had.
    private readonly RecentSet<string> _following = new(generationSize: 50_000);

    /// <summary>Puts the layout in front of the group commit.</summary>
    /// <param name="commits">Commits rows in one table.</param>
    /// <param name="layout">Names the tables.</param>
    /// <param name="meter">Is told of rows that only the table of all events takes.</param>
    /// <param name="time">Times the deadline that the tables of a row share.</param>
    public LayoutWriter(GroupCommitWriter commits, TableLayout layout, PipelineMeter meter, TimeProvider time)
    {
        _commits = commits;
        _layout = layout;
        _meter = meter;
        _time = time;
    }

    /// <summary>Commits a row.</summary>
    /// <param name="row">The event.</param>
    /// <param name="own">Its table of user and day, or the only one: <see cref="TableLayout.TableOf"/>.</param>
    /// <param name="cancellationToken">Withdraws the row while it waits.</param>
    /// <returns>
    /// Committed, and the table of user and day that has it (the overflow table, where the budget is spent), or invalid
    /// and the table that says so. Where the table of all events has the row, it is committed, whatever the other says.
    /// </returns>
    /// <exception cref="RowNotCommittedException">
    /// A table's answer is not known, or did not come within <see cref="Limit"/>: the row has to come again.
    /// </exception>
    public async Task<(RowFate Fate, TableName Table)> WriteAsync(EventRow row, TableName own, CancellationToken cancellationToken)
    {
        if (_layout.AllEvents is not { } all || all == own)
        {
            return await _commits.WriteAsync(row, own, cancellationToken);
        }

        // The deadline ends the wait even for an insert under way: what becomes of it is not known then, as when a connection is lost.
        using var deadline = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return !_following.Contains(row.InsertId) && await _commits.WriteAsync(row, all, either.Token).WaitAsync(deadline.Token) is { Fate.IsCommitted: false } refused
                ? refused
                : await FollowAsync(row, own, deadline.Token, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RowNotCommittedException($"The inserts into {all.Id} and its user's table took longer than {Limit.TotalSeconds:N0} s.", e);
        }
    }

    private async Task<(RowFate Fate, TableName Table)> FollowAsync(EventRow row, TableName own, CancellationToken deadline, CancellationToken either)
    {
        try
        {
            var (fate, table) = await _commits.WriteAsync(row, own, either).WaitAsync(deadline);
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
