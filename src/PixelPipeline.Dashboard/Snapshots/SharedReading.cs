namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>
/// One reading for all viewers. It is made when somebody asks and the last one is too old; who asks meanwhile waits for
/// the same one, and while nobody asks nothing is read.
/// </summary>
/// <typeparam name="T">What a reading gives.</typeparam>
internal sealed class SharedReading<T> : IDisposable
    where T : class
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(5); // a timer may fire a little early

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopToken; // outlives its source, as a reading may
    private readonly Func<T?, CancellationToken, Task<T>> _read;
    private readonly TimeSpan _refresh;
    private readonly TimeProvider _time;
    private Task<T>? _reading;
    private T? _last;
    private long _ended;

    /// <summary>Nothing is read before the first viewer asks.</summary>
    /// <param name="read">Reads, given the reading before. What it throws, all who wait get, and the next reading is made in its time.</param>
    /// <param name="refresh">The least time from a reading's end to the next one's start.</param>
    /// <param name="time">Tells a reading's age.</param>
    public SharedReading(Func<T?, CancellationToken, Task<T>> read, TimeSpan refresh, TimeProvider time)
    {
        _stopToken = _stopping.Token;
        _read = read;
        _refresh = refresh;
        _time = time;
    }

    /// <summary>The last reading that was made, however old; null where there is none yet.</summary>
    public T? Last => Volatile.Read(ref _last);

    /// <summary>The reading of now: the last one while it is fresh, else the next one.</summary>
    /// <param name="cancellationToken">Gives up the wait, not the reading.</param>
    public Task<T> GetAsync(CancellationToken cancellationToken) => Current().WaitAsync(cancellationToken);

    /// <summary>The reading of now, and each that comes after it, until <paramref name="cancellationToken"/> ends the stream.</summary>
    public async IAsyncEnumerable<T> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        T? seen = null;
        while (await NextAsync(seen, cancellationToken) is { } reading)
        {
            yield return seen = reading;
        }
    }

    /// <summary>Gives up the reading under way.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task<T?> NextAsync(T? seen, CancellationToken cancellationToken)
    {
        try
        {
            var reading = await GetAsync(cancellationToken);
            while (reading == seen)
            {
                await Task.Delay(UntilDue(), _time, cancellationToken);
                reading = await GetAsync(cancellationToken);
            }

            return reading;
        }
        catch (OperationCanceledException)
        {
            return null; // the viewer has left, or the server stops
        }
    }

    private Task<T> Current()
    {
        lock (_lock)
        {
            if (_reading is null || (_reading.IsCompleted && Age() >= _refresh))
            {
                _reading = Task.Run(ReadAsync, _stopToken);
            }

            return _reading;
        }
    }

    private async Task<T> ReadAsync()
    {
        try
        {
            var reading = await _read(_last, _stopToken);
            Volatile.Write(ref _last, reading);
            return reading;
        }
        finally
        {
            Volatile.Write(ref _ended, _time.GetTimestamp());
        }
    }

    private TimeSpan UntilDue()
    {
        var left = _refresh - Age();
        return left > ShortestWait ? left : ShortestWait;
    }

    private TimeSpan Age() => _time.GetElapsedTime(Volatile.Read(ref _ended));
}
