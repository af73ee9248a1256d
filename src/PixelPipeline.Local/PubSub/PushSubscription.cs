using Microsoft.Extensions.Logging;
using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// A push subscription on what the log sink publishes from the access log: each message reaches the function at least
/// once, over any number of restarts, or ends among the dead letters. Stop it with <see cref="StopAsync"/>.
/// </summary>
public sealed class PushSubscription : IEntryDelivery
{
    private readonly DeliveryCounters _counters = new();
    private readonly LogSinkFilter _sink;
    private readonly AccessLogReader _reader;
    private readonly RedeliveryRequests _redeliveries;
    private readonly OutstandingMessages _outstanding;
    private readonly SubscriptionSaver _saver;
    private readonly PushEndpoint _endpoint;
    private readonly MessageDelivery _delivery;
    private readonly RunningDeliveries _running;
    private readonly Task _reading;
    private readonly Task _saving;
    private Task? _stop;

    private PushSubscription(
        PushSubscriptionOptions options,
        SubscriptionFile file,
        SubscriptionState state,
        AccessLogWriter accessLog,
        DeadLetterStore deadLetters,
        TimeProvider time,
        ILogger log)
    {
        _sink = new LogSinkFilter(options.PixelPath);
        _redeliveries = new RedeliveryRequests(deadLetters, log);
        _reader = new AccessLogReader(accessLog.Folder, accessLog.Tail);
        _outstanding = new OutstandingMessages(state.ReadTo.ToPosition());
        _saver = new SubscriptionSaver(
            file, state, _outstanding, new SegmentRetention(accessLog.Folder, options.Retention, time, log), log);
        _endpoint = new PushEndpoint(options.Endpoint, options.MaxInFlight, options.AckDeadline, time, log);
        _delivery = new MessageDelivery(options, _endpoint, _reader, deadLetters, _outstanding, _counters, time, log);
        _running = new RunningDeliveries(_delivery, Finish, options.MaxOutstanding);
        var known = deadLetters.AllIds();
        var leftOver = Resume(state, known);
        _reading = _running.FailTogetherAsync(ReadAsync(leftOver, known));
        _saving = _running.FailTogetherAsync(SaveAsync(new PeriodicTimer(options.SaveInterval, time)));
    }

    /// <summary>What it did and has left to do.</summary>
    public PushSubscriptionStatistics Statistics
    {
        get
        {
            // What is unread is looked at first: whatever moves on meanwhile is then counted twice rather than never.
            var unread = _reader.BytesAfter(_outstanding.ReadTo);
            return _counters.Read(unread);
        }
    }

    /// <summary>Ends when the subscription was stopped; fails when it can't go on, such as on a disk that cannot be read.</summary>
    public Task Completion => _running.Completion;

    /// <inheritdoc/>
    bool IEntryDelivery.IsCaughtUp => Statistics.IsCaughtUp;

    /// <summary>Goes on with the delivery where the last run on this data folder left off.</summary>
    /// <param name="options">Endpoint, names, bounds.</param>
    /// <param name="data">Must be locked by this process.</param>
    /// <param name="accessLog">The access log of that folder. Must outlive the subscription.</param>
    /// <param name="time">Measures deadlines and pauses.</param>
    /// <param name="logs">Where troubles are told; never entries.</param>
    /// <exception cref="InvalidDataException">The file with the positions was changed by something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PushSubscription Start(
        PushSubscriptionOptions options,
        DataFolder data,
        AccessLogWriter accessLog,
        TimeProvider time,
        ILoggerFactory logs)
    {
        var file = SubscriptionFile.Of(data, options.SubscriptionId);
        return new PushSubscription(
            options,
            file,
            file.Load(),
            accessLog,
            new DeadLetterStore(data),
            time,
            logs.CreateLogger<PushSubscription>());
    }

    /// <summary>
    /// Begins no further push, waits for those under way until <paramref name="deadline"/> breaks them off, and saves
    /// the positions. What is not acknowledged by then is delivered by the next run.
    /// </summary>
    /// <param name="deadline">Cancelled when waiting has to end.</param>
    public async Task StopAsync(CancellationToken deadline)
    {
        await using var breakOff = deadline.Register(_running.Abort);
        await (_stop ??= StopOnceAsync());
    }

    /// <summary>Stops without waiting for pushes under way.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true));

    private async Task StopOnceAsync()
    {
        await _running.StopAsync();
        await Task.WhenAll(_reading, _saving);
        await _running.WaitForAllAsync();
        _saver.Save();
        _endpoint.Dispose();
        _delivery.Dispose();
        _running.Dispose();
    }

    private List<Message> Resume(SubscriptionState state, IReadOnlySet<string> deadLetters)
    {
        var messages = state.Outstanding
            .Select(saved => (saved.Attempts, Position: saved.At.ToPosition()))
            .Select(saved => new Message
            {
                Id = saved.Position.MessageId,
                Position = saved.Position,
                Attempts = saved.Attempts,
            })
            .Where(message => !deadLetters.Contains(message.Id)) // given up just before the last run was killed
            .ToList();
        foreach (var message in messages)
        {
            _outstanding.Resume(message);
            _counters.Published();
        }

        return messages;
    }

    private async Task ReadAsync(List<Message> leftOver, IReadOnlySet<string> deadLetters)
    {
        await Task.Yield();
        foreach (var message in leftOver)
        {
            await _running.WaitForRoomAsync();
            _running.Start(message);
        }

        await foreach (var line in _reader.FollowAsync(_outstanding.ReadTo, _running.Stopping))
        {
            var id = line.Position.MessageId;
            if (!_sink.Passes(line.Bytes) || deadLetters.Contains(id))
            {
                _outstanding.Skip(line.End);
                continue;
            }

            await _running.WaitForRoomAsync(); // with too many outstanding, reading ahead pauses here
            var message = new Message { Id = id, Position = line.Position, Entry = line.Bytes.ToArray() };
            _counters.Published();
            _outstanding.Add(message, line.End);
            _running.Start(message);
        }
    }

    private async Task SaveAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            while (await timer.WaitForNextTickAsync(_running.Stopping))
            {
                _saver.Save();
                TakeRedeliveryRequests();
            }
        }
    }

    private void TakeRedeliveryRequests()
    {
        foreach (var id in _redeliveries.New())
        {
            if (!_running.TryTakeRoom())
            {
                return; // later
            }

            if (_redeliveries.Take(id) is not { } message)
            {
                _running.GiveRoomBack();
                continue;
            }

            _counters.Published();
            _running.Start(message);
        }
    }

    private void Finish(Message message, DeliveryEnd end)
    {
        if (message.IsRedelivery)
        {
            _redeliveries.Finish(message, end);
        }
        else
        {
            _outstanding.Remove(message);
        }

        _counters.Ended(end);
    }
}
