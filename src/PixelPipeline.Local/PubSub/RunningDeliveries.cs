namespace PixelPipeline.Local.PubSub;

/// <summary>
/// The deliveries that run now, a bounded number of them: who wants to start one waits for room first, and each gives
/// its room back when it ends.
/// </summary>
/// <param name="delivery">Delivers one message.</param>
/// <param name="finish">Notes how a delivery ended.</param>
/// <param name="limit">How many may run at once.</param>
internal sealed class RunningDeliveries(MessageDelivery delivery, Action<Message, DeliveryEnd> finish, int limit) : IDisposable
{
    private readonly SemaphoreSlim _room = new(limit);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled once no further push is to begin.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Fails with the first part that cannot go on.</summary>
    public Task Completion => _completion.Task;

    public Task WaitForRoomAsync() => _room.WaitAsync(Stopping);

    public bool TryTakeRoom() => _room.Wait(0);

    public void GiveRoomBack() => _room.Release();

    /// <summary>Starts a delivery, for which room was taken.</summary>
    public void Start(Message message) => _ = FailTogetherAsync(DeliverAsync(message));

    /// <summary>A part that cannot go on fails <see cref="Completion"/>; being stopped is no failure.</summary>
    public async Task FailTogetherAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // what was not delivered stays outstanding
        }
        catch (Exception e)
        {
            _completion.TrySetException(e);
        }
    }

    /// <summary>Begins no further push.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    /// <summary>Breaks off the pushes under way.</summary>
    public void Abort() => _abort.Cancel();

    /// <summary>Waits until the last delivery has ended, after <see cref="StopAsync"/>.</summary>
    public async Task WaitForAllAsync()
    {
        for (var i = 0; i < limit; i++)
        {
            await _room.WaitAsync();
        }

        _completion.TrySetResult();
    }

    /// <summary>The tokens' sources stay usable: a deadline may still fire. Without timers they hold nothing.</summary>
    public void Dispose() => _room.Dispose();

    private async Task DeliverAsync(Message message)
    {
        try
        {
            finish(message, await delivery.DeliverAsync(message, _stopping.Token, _abort.Token));
        }
        finally
        {
            _room.Release();
        }
    }
}
