using PixelPipeline.Events;

namespace PixelPipeline.Writing;

/// <summary>One row between its arrival and its fate. Guarded by the group commit's lock until its insert starts.</summary>
internal sealed class WaitingRow
{
    // Continuations run elsewhere: the thread that ends an insert has other rows to tell.
    private readonly TaskCompletionSource<RowFate> _fate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isUnderWay;

    public WaitingRow(EventRow row) => Row = row;

    public EventRow Row { get; }

    public Task<RowFate> Fate => _fate.Task;

    /// <summary>Takes the row into an insert; false where it was withdrawn before.</summary>
    public bool TryStart() => _isUnderWay = !_fate.Task.IsCompleted;

    /// <summary>Cancels the row, unless its insert is under way.</summary>
    public void Withdraw(CancellationToken cancellationToken)
    {
        if (!_isUnderWay)
        {
            _fate.TrySetCanceled(cancellationToken);
        }
    }

    public void Complete(RowFate fate) => _fate.SetResult(fate);

    public void Fail(RowNotCommittedException exception) => _fate.SetException(exception);
}
