using Microsoft.Extensions.Logging;
using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.PubSub;

/// <summary>Delivers one message at a time to its end; many run side by side.</summary>
internal sealed class MessageDelivery(
    PushSubscriptionOptions options,
    PushEndpoint endpoint,
    AccessLogReader entries,
    DeadLetterStore deadLetters,
    OutstandingMessages outstanding,
    DeliveryCounters counters,
    TimeProvider time,
    ILogger log) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.MaxInFlight);
    private readonly EventarcRequest _requests = new(options);

    /// <summary>Pushes until the message is acknowledged or has failed too often.</summary>
    /// <param name="message">The message.</param>
    /// <param name="stopping">Begins no further push.</param>
    /// <param name="abort">Breaks off a push under way.</param>
    /// <exception cref="OperationCanceledException">One of the tokens said so; the message stays outstanding.</exception>
    public async Task<DeliveryEnd> DeliverAsync(Message message, CancellationToken stopping, CancellationToken abort)
    {
        while (true)
        {
            if (await AttemptAsync(message, stopping, abort) is not { } result)
            {
                log.LogError("Message {MessageId} cannot be delivered: its entry was deleted", message.Id);
                return DeliveryEnd.Gone;
            }

            if (result.Outcome == PushOutcome.Acknowledged)
            {
                return DeliveryEnd.Acknowledged;
            }

            message.Entry = null;
            if (result.Outcome == PushOutcome.Unreachable)
            {
                // Not an attempt: the message never left. Otherwise a function that is down for an hour and a half
                // (100 attempts: 0.1 + 0.2 + … + 51.2 s, then 60 s each) would leave nothing but dead letters.
                endpoint.Pause(stopping);
                continue;
            }

            outstanding.CountFailure(message);
            if (message.Attempts >= options.MaxDeliveryAttempts && TryGiveUp(message, result))
            {
                return DeliveryEnd.DeadLettered;
            }

            await Task.Delay(BackoffAfter(message.Attempts), time, stopping);
        }
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>
    /// 100 ms after the first failure, twice as long after each further one, at most 60 s; and up to half of that
    /// shorter, so that messages refused together do not come back together.
    /// </summary>
    private TimeSpan BackoffAfter(int failures)
    {
        var doubled = options.MinBackoff * Math.Pow(2, Math.Min(failures - 1, 30));
        var whole = doubled < options.MaxBackoff ? doubled : options.MaxBackoff;
        var varied = whole * (0.5 + (Random.Shared.NextDouble() / 2));
        return varied > options.MinBackoff ? varied : options.MinBackoff;
    }

    /// <summary>One push, or null where the entry is gone.</summary>
    private async Task<PushResult?> AttemptAsync(Message message, CancellationToken stopping, CancellationToken abort)
    {
        if (!_slots.Wait(0, stopping))
        {
            message.Entry = null; // what waits for its turn takes no memory
            await _slots.WaitAsync(stopping);
        }

        try
        {
            await endpoint.WaitUntilReachableAsync(stopping);
            stopping.ThrowIfCancellationRequested();
            if ((message.Entry ?? ReadAgain(message)) is not { } entry)
            {
                return null;
            }

            using var request = _requests.Create(message.Id, entry);
            return await PushAsync(request, abort);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<PushResult> PushAsync(HttpRequestMessage request, CancellationToken abort)
    {
        counters.PushBegins();
        try
        {
            return await endpoint.PushAsync(request, abort);
        }
        finally
        {
            counters.PushEnds();
        }
    }

    private SinkEntry? ReadAgain(Message message) => ReadEntry(message) is { } entry ? SinkEntry.Read(entry) : null;

    private ReadOnlyMemory<byte>? ReadEntry(Message message) => message.IsRedelivery
        ? deadLetters.ReadRequest(message.Id)?.Entry
        : entries.ReadLine(message.Position) is { } line ? line : null;

    /// <summary>False where the dead letter could not be kept: then the message is tried again.</summary>
    private bool TryGiveUp(Message message, PushResult last)
    {
        try
        {
            if (ReadEntry(message) is not { } entry)
            {
                return false; // the next attempt finds that out by itself
            }

            var letter = new DeadLetter(
                message.Id,
                message.Position.Segment.Name,
                message.Position.Offset,
                message.Attempts,
                last.Status,
                time.GetUtcNow(),
                entry);
            GiveUp(message, letter);
            log.LogWarning(
                "Message {MessageId} was refused {Attempts} times, last with {Status}: it is among the dead letters now",
                message.Id,
                message.Attempts,
                last.Status);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError(e, "A dead letter could not be written: message {MessageId} is tried again", message.Id);
            return false;
        }
    }

    private void GiveUp(Message message, DeadLetter letter)
    {
        if (message.IsRedelivery)
        {
            deadLetters.ReturnRequest(letter);
        }
        else
        {
            deadLetters.Add(letter);
        }
    }
}
