namespace PixelPipeline.Logs.Files;

/// <summary>Several workers that take chunks as they come.</summary>
internal static class ChunkWorkers
{
    /// <summary>Works on one chunk.</summary>
    /// <param name="chunk">The chunk; holds until the work on it is done.</param>
    /// <param name="cancellationToken">The work is broken off, or another worker failed.</param>
    public delegate ValueTask Work(LineChunk chunk, CancellationToken cancellationToken);

    /// <summary>Works on all chunks. Where a worker fails, all end.</summary>
    /// <param name="reader">Gives the chunks.</param>
    /// <param name="count">How many workers.</param>
    /// <param name="create">Makes one worker, which works on one chunk at a time.</param>
    /// <param name="cancellationToken">Breaks the work off.</param>
    public static async Task RunAsync(LineChunkReader reader, int count, Func<Work> create, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var failure = new TaskCompletionSource();
        var workers = Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
        {
            try
            {
                await WorkAsync(reader, create(), stop.Token);
            }
            catch (Exception e)
            {
                failure.TrySetException(e); // the first one tells; the others only follow it
                await stop.CancelAsync();
            }
        })).ToList();
        await Task.WhenAll(workers);
        if (failure.Task.IsCompleted)
        {
            await failure.Task;
        }
    }

    private static async Task WorkAsync(LineChunkReader reader, Work work, CancellationToken cancellationToken)
    {
        var chunk = new LineChunk();
        while (reader.TryRead(chunk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await work(chunk, cancellationToken);
        }
    }
}
