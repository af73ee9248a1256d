namespace PixelPipeline.Logs.Files;

/// <summary>Several workers that take chunks as they come.</summary>
internal static class ChunkWorkers
{
    /// <summary>Works on one chunk; passes each turnstile once for it.</summary>
    public delegate ValueTask Work(LineChunk chunk);

    /// <summary>Works on all chunks. Where a worker fails, all end.</summary>
    /// <param name="reader">Gives the chunks.</param>
    /// <param name="count">How many workers.</param>
    /// <param name="create">Makes one worker, which works on one chunk at a time.</param>
    /// <param name="turnstiles">Those that the workers pass.</param>
    /// <param name="cancellationToken">Ends the work between two chunks.</param>
    public static async Task RunAsync(
        LineChunkReader reader, int count, Func<Work> create, IReadOnlyList<Turnstile> turnstiles, CancellationToken cancellationToken)
    {
        var failure = new TaskCompletionSource();
        var workers = Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
        {
            try
            {
                await WorkAsync(reader, create(), cancellationToken);
            }
            catch (Exception e)
            {
                failure.TrySetException(e); // the first one tells; the others only follow it
                foreach (var turnstile in turnstiles)
                {
                    turnstile.Break();
                }
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
            await work(chunk);
        }
    }
}
