using Microsoft.Extensions.Logging;

namespace PixelPipeline.Local.Storage;

/// <summary>Looks at the log drop again and again, until it is stopped. Polls, since notices of file systems get lost.</summary>
internal sealed class LogDropWatch : IAsyncDisposable
{
    private readonly ObjectDeliveries _deliveries;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _looking;
    private bool _isTroubled;
    private Task? _stop;

    /// <summary>Begins to look.</summary>
    /// <param name="deliveries">What is done at each look. Used by nobody else until this has stopped.</param>
    /// <param name="interval">The time between two looks.</param>
    /// <param name="time">The clock that measures it.</param>
    /// <param name="log">Told where looking fails, and when it is well again.</param>
    public LogDropWatch(ObjectDeliveries deliveries, TimeSpan interval, TimeProvider time, ILogger log)
    {
        _deliveries = deliveries;
        _log = log;
        var timer = new PeriodicTimer(interval, time); // here, so that a test's clock can move it from now on
        _looking = Task.Run(() => WorkAsync(timer));
    }

    /// <summary>Ends when it was stopped; fails when it cannot go on.</summary>
    public Task Completion => _looking;

    /// <summary>
    /// Begins no further push, waits for those under way until <paramref name="deadline"/> breaks them off, and saves.
    /// What is not acknowledged by then is delivered by the next run.
    /// </summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        await using var breakOff = deadline.Register(_abort.Cancel);
        await (_stop ??= StopOnceAsync());
    }

    /// <summary>Stops without waiting for pushes under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _stopping.Dispose();
        _abort.Dispose();
    }

    private async Task WorkAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            try
            {
                do
                {
                    Try(() => _deliveries.Look(_stopping.Token, _abort.Token));
                }
                while (await timer.WaitForNextTickAsync(_stopping.Token));
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // It stops between two looks.
            }
        }
    }

    private async Task StopOnceAsync()
    {
        await _stopping.CancelAsync();
        await _looking;
        await _deliveries.AttemptsEndAsync();
        Try(_deliveries.Finish);
    }

    /// <summary>A disk that is full or away is no reason to end: at worst, more is delivered again.</summary>
    private void Try(Action step)
    {
        try
        {
            step();
            _isTroubled = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_isTroubled)
            {
                _log.LogError("The log drop cannot be looked at, or what was delivered not be saved: {Message} It is tried again each time", e.Message);
            }

            _isTroubled = true;
        }
    }
}
