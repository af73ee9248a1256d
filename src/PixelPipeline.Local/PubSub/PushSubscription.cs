using Microsoft.Extensions.Logging;
using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// A push subscription on what the log sink publishes from the access log: each message reaches the function at least
/// once, over any number of restarts, or ends among the dead letters. Stop it with <see cref="StopAsync"/>.
/// </summary>
internal sealed class PushSubscription : IEntryDelivery
{
    private readonly DeliveryCounters _counters = new();
    private readonly AccessLogReader _reader;
    private readonly RedeliveryRequests _redeliveries;
    private readonly OutstandingMessages _outstanding;
    private readonly SubscriptionSaver _saver;
    private readonly PushEndpoint _endpoint;
    private readonly MessageDelivery _delivery;
    private readonly RunningDeliveries _running;
    private readonly MessageIntake _intake;
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
        _redeliveries = new RedeliveryRequests(deadLetters, log);
        _reader = new AccessLogReader(accessLog.Folder, accessLog.Tail);
        _outstanding = new OutstandingMessages(state.ReadTo.ToPosition());
        _saver = new SubscriptionSaver(
            file, state, _outstanding, new RawCopyRetention(accessLog.Folder, deadLetters, options.Retention, time, log), log);
        _endpoint = new PushEndpoint(options.Endpoint, options.MaxInFlight, options.AckDeadline, time, log);
        _delivery = new MessageDelivery(options, _endpoint, _reader, deadLetters, _outstanding, _counters, time, log);
        _running = new RunningDeliveries(_delivery, Finish, options.MaxOutstanding);
        _intake = new MessageIntake(
            new HitRule(options.PixelPath), _reader, _redeliveries, deadLetters.AllIds(), _outstanding, _counters, _running);
        _intake.Resume(state);
        _reading = _running.FailTogetherAsync(_intake.ReadAsync());
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

    private async Task SaveAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            while (await timer.WaitForNextTickAsync(_running.Stopping))
            {
                _saver.Save();
                _intake.TakeRedeliveryRequests();
            }
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
