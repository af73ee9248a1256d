namespace PixelPipeline.Dashboard.Hosting;

/// <summary>What people had the host do, one at a time, and how that ended: the page shows it to everybody who looks.</summary>
internal sealed class HostDesk(IPipelineHost host, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The host itself.</summary>
    public IPipelineHost Host => host;

    /// <summary>The last examination; null where there was none.</summary>
    public Done<IReadOnlyList<HopCheck>>? Examined { get; private set; }

    /// <summary>The last replay; null where there was none.</summary>
    public Done<ReplayResult>? Replayed { get; private set; }

    /// <summary>Has the pipeline examined.</summary>
    public Task ExamineAsync(CancellationToken cancellationToken) => DoAsync(async () => Examined = await DoneAsync(() => host.ExamineAsync(cancellationToken)), cancellationToken);

    /// <summary>Has rejected entries tried again.</summary>
    public Task ReplayAsync(string? reason, CancellationToken cancellationToken) => DoAsync(async () => Replayed = await DoneAsync(() => host.ReplayAsync(reason, cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task DoAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Done<T>> DoneAsync<T>(Func<Task<T>> act)
        where T : class
    {
        try
        {
            return new Done<T>(time.GetUtcNow().UtcDateTime, await act(), null);
        }
        catch (PipelineHostException e)
        {
            return new Done<T>(time.GetUtcNow().UtcDateTime, null, e.Message);
        }
    }
}

/// <summary>Something that was done.</summary>
/// <param name="At">When it was begun, UTC.</param>
/// <param name="Result">What came of it; null where it failed.</param>
/// <param name="Problem">Why it failed, for people; null where it did not.</param>
public sealed record Done<T>(DateTime At, T? Result, string? Problem)
    where T : class;
