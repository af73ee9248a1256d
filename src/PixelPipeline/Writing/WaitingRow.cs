using PixelPipeline.Events;

namespace PixelPipeline.Writing;

/// <summary>One row between its arrival and its fate. Guarded by the group commit's lock until its insert starts.</summary>
internal sealed class WaitingRow
{
    // Continuations run elsewhere: the thread that ends an insert has other rows to tell.
    private readonly TaskCompletionSource<RowFate> _fate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WaitingRow(EventRow row)
    {
        Row = row;
        Place = new LinkedListNode<WaitingRow>(this);
    }

    public EventRow Row { get; }

    /// <summary>The row's place in its table's queue; in no list once its insert is under way.</summary>
    public LinkedListNode<WaitingRow> Place { get; }

    public Task<RowFate> Fate => _fate.Task;

    /// <summary>Cancels the row, unless its insert is under way.</summary>
    public void Withdraw(CancellationToken cancellationToken)
    {
        if (Place.List is { } queue)
        {
            queue.Remove(Place);
            _fate.SetCanceled(cancellationToken);
        }
    }

    public void Complete(RowFate fate) => _fate.SetResult(fate);

    public void Fail(RowNotCommittedException exception) => _fate.SetException(exception);
}
