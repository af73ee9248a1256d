using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PixelPipeline.Cli.Producing;

/// <summary>Puts events together into requests.</summary>
internal static class Batches
{
    /// <summary>Batches of a source that never waits.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<ProducedEvent>> OfAsync(IEnumerable<ProducedEvent> events, int size)
    {
        foreach (var batch in events.Chunk(size))
        {
            yield return batch;
        }

        await Task.CompletedTask;
    }

    /// <summary>
    /// Batches of a source that comes as it likes: one goes when it is full or <paramref name="wait"/> after its first
    /// event. What is left goes when the source ends, or when the token ends it.
    /// </summary>
    /// <param name="events">The source; a failure of it comes out behind what it gave.</param>
    /// <param name="size">Most events in one.</param>
    /// <param name="wait">The longest that an event waits for others.</param>
    /// <param name="cancellationToken">Ends the source.</param>
    public static async IAsyncEnumerable<IReadOnlyList<ProducedEvent>> OfAsync(
        IAsyncEnumerable<ProducedEvent> events, int size, TimeSpan wait, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<ProducedEvent>(size);
        var reading = PumpAsync(events, channel.Writer, cancellationToken);
        while (await channel.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<ProducedEvent>();
            using var full = new CancellationTokenSource(wait);
            do
            {
                while (batch.Count < size && channel.Reader.TryRead(out var produced))
                {
                    batch.Add(produced);
                }
            }
            while (batch.Count < size && await MoreAsync(channel.Reader, full.Token));
            yield return batch;
        }

        await reading;
    }

    private static async Task PumpAsync(IAsyncEnumerable<ProducedEvent> events, ChannelWriter<ProducedEvent> writer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var produced in events.WithCancellation(cancellationToken))
            {
                await writer.WriteAsync(produced, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end: what came so far is still sent.
        }
        finally
        {
            writer.Complete();
        }
    }

    private static async Task<bool> MoreAsync(ChannelReader<ProducedEvent> reader, CancellationToken full)
    {
        try
        {
            return await reader.WaitToReadAsync(full);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
