namespace PixelPipeline.Local.AccessLog;

/// <summary>
/// The end of the access log: the writer moves it, readers wait for it to move. It names a segment before that
/// segment's file exists, so a reader never takes a file that is still being written for a finished one.
/// </summary>
internal sealed class AccessLogTail(LogPosition end)
{
    private readonly Lock _lock = new();
    private LogPosition _end = end;
    private TaskCompletionSource? _moved;

    /// <summary>Behind the last byte that was written whole.</summary>
    public LogPosition End
    {
        get
        {
            lock (_lock)
            {
                return _end;
            }
        }
    }

    public void MoveTo(LogPosition end)
    {
        TaskCompletionSource? moved;
        lock (_lock)
        {
            _end = end;
            moved = _moved;
            _moved = null;
        }

        moved?.SetResult();
    }

    /// <summary>Waits until the end is another than <paramref name="seen"/>.</summary>
    public Task WaitForMoveAsync(LogPosition seen, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_end != seen)
            {
                return Task.CompletedTask;
            }

            _moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _moved.Task.WaitAsync(cancellationToken);
        }
    }
}
