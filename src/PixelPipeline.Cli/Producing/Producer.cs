using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;
using Spectre.Console;

namespace PixelPipeline.Cli.Producing;

/// <summary>Brings a source's events to a target with several workers, shows how that goes, and ends in any case.</summary>
/// <param name="target">Where to.</param>
/// <param name="options">How.</param>
/// <param name="check">Knows what the target's events are; null where the target says itself what is wrong.</param>
/// <param name="statistics">Is told of every event.</param>
/// <param name="time">What pauses between attempts, and their timeouts, go by.</param>
internal sealed class Producer(EventTarget target, ProducerOptions options, FieldCheck? check, ProduceStatistics statistics, TimeProvider time)
{
    /// <summary>So many failures in a row, and none sent meanwhile, mean that the target is gone.</summary>
    private const int GiveUpAfter = 50;

    private static readonly TimeSpan ShowInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends everything, and prints what became of it. Cancellation takes no further event and finishes those under way.</summary>
    public async Task<ProduceEnd> RunAsync(IAsyncEnumerable<IReadOnlyList<ProducedEvent>> batches, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAllAsync(batches, stop);
        await ShowAsync(sending);
        var end = await sending;
        foreach (var line in statistics.Read().ToLines())
        {
            Console.WriteLine(line);
        }

        if (end == ProduceEnd.GaveUp)
        {
            await Console.Error.WriteLineAsync($"Gave up: {GiveUpAfter} events in a row failed. What is left was not sent.");
        }

        return end;
    }

    private async Task<ProduceEnd> SendAllAsync(IAsyncEnumerable<IReadOnlyList<ProducedEvent>> batches, CancellationTokenSource stop)
    {
        using var sender = new EventSender(target, options.Timeout, check, statistics, time);
        var pace = new Pace(options.EventsPerSecond, options.MaxDelay, options.Seed);
        var gaveUp = false;
        try
        {
            await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = stop.Token }, async (batch, token) =>
            {
                await pace.WaitAsync(batch.Count, token);
                await sender.SendAsync(batch); // not ended by the token: what began is finished, within its timeouts
                if (statistics.FailedInARow >= GiveUpAfter)
                {
                    gaveUp = true;
                    await stop.CancelAsync();
                }
            });
            return ProduceEnd.Complete;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return gaveUp ? ProduceEnd.GaveUp : ProduceEnd.BrokenOff;
        }
    }

    private async Task ShowAsync(Task sending)
    {
        if (Console.IsOutputRedirected)
        {
            await Task.WhenAny(sending);
            return;
        }

        await Terminal.Output().Status().StartAsync(statistics.Read().ToLine(), async status =>
        {
            while (await Task.WhenAny(sending, Task.Delay(ShowInterval)) != sending)
            {
                status.Status(statistics.Read().ToLine());
            }
        });
    }
}
