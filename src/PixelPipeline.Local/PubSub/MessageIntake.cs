using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// Where a subscription's messages come from: what an earlier run left over, then the access log as it grows, and dead
/// letters that are to be delivered again. Each is noted as outstanding and handed to the running deliveries.
/// </summary>
/// <param name="sink">What of the log is published.</param>
/// <param name="reader">The log.</param>
/// <param name="redeliveries">Dead letters that are asked for again.</param>
/// <param name="known">Ids that are among the dead letters already: they are not delivered from the log.</param>
/// <param name="outstanding">Told of each message, and how far the log is read.</param>
/// <param name="counters">Told of each message.</param>
/// <param name="running">Where messages go, as there is room.</param>
internal sealed class MessageIntake(
    HitRule sink,
    AccessLogReader reader,
    RedeliveryRequests redeliveries,
    IReadOnlySet<string> known,
    OutstandingMessages outstanding,
    DeliveryCounters counters,
    RunningDeliveries running)
{
    private readonly List<Message> _leftOver = [];

    /// <summary>Notes what an earlier run left over, before anything is read.</summary>
    public void Resume(SubscriptionState state)
    {
        foreach (var saved in state.Outstanding)
        {
            var position = saved.At.ToPosition();
            var message = new Message { Id = position.MessageId, Position = position, Attempts = saved.Attempts };
            if (known.Contains(message.Id))
            {
                continue; // given up just before the last run was killed
            }

            outstanding.Resume(message);
            counters.Published();
            _leftOver.Add(message);
        }
    }

    /// <summary>Starts what was left over, then what the log holds, until the deliveries are stopped.</summary>
    public async Task ReadAsync()
    {
        await Task.Yield();
        foreach (var message in _leftOver)
        {
            await running.WaitForRoomAsync();
            running.Start(message);
        }

        _leftOver.Clear(); // the deliveries hold them now
        await foreach (var line in reader.FollowAsync(outstanding.ReadTo, running.Stopping))
        {
            if (!SinkEntry.TryTake(sink, line.Bytes, out var entry) || known.Contains(line.Position.MessageId))
            {
                outstanding.Skip(line.End);
                continue;
            }

            await running.WaitForRoomAsync(); // with too many outstanding, reading ahead pauses here
            Start(line, entry);
        }
    }

    /// <summary>Starts the dead letters that are asked for again, as far as there is room now.</summary>
    public void TakeRedeliveryRequests()
    {
        foreach (var id in redeliveries.New())
        {
            if (!running.TryTakeRoom())
            {
                return; // later
            }

            if (redeliveries.Take(id) is not { } message)
            {
                running.GiveRoomBack();
                continue;
            }

            counters.Published();
            running.Start(message);
        }
    }

    private void Start(LogLine line, SinkEntry entry)
    {
        var message = new Message { Id = line.Position.MessageId, Position = line.Position, Entry = entry };
        counters.Published();
        outstanding.Add(message, line.End);
        running.Start(message);
    }
}
