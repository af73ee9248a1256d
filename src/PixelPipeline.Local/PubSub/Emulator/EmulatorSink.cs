using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.PubSub.Emulator;

/// <summary>
/// The log sink into a running Pub/Sub emulator, in place of <see cref="PushSubscription"/>: publishes what passes from
/// the access log, in the log's order, each entry at least once over any number of restarts; the emulator pushes to the
/// function. It goes on from the built-in subscription's positions, and that from its.
/// </summary>
internal sealed class EmulatorSink : IEntryDelivery
{
    private const int MaxWaiting = 1000;

    private readonly Channel<Message> _waiting = Channel.CreateBounded<Message>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _stopping = new();
    private readonly HitRule _hits;
    private readonly AccessLogReader _reader;
    private readonly OutstandingMessages _outstanding;
    private readonly SubscriptionSaver _saver;
    private readonly DeadLetterStore _deadLetters;
    private readonly EmulatorPublisher _publisher;
    private readonly ILogger _log;
    private Task? _stop;

    private EmulatorSink(
        EmulatorPublisher publisher, PushSubscriptionOptions options, DataFolder data, AccessLogWriter accessLog, TimeProvider time, ILogger log)
    {
        var file = SubscriptionFile.Of(data, options.SubscriptionId);
        var state = file.Load();
        _publisher = publisher;
        _log = log;
        _hits = new HitRule(options.PixelPath);
        _reader = new AccessLogReader(accessLog.Folder, accessLog.Tail);
        _deadLetters = new DeadLetterStore(data);
        _outstanding = new OutstandingMessages(state.ReadTo.ToPosition());
        _saver = new SubscriptionSaver(file, state, _outstanding, new RawCopyRetention(accessLog.Folder, _deadLetters, options.Retention, time, log), log);
        Completion = Task.WhenAll(
            FailTogetherAsync(ReadAsync(state)),
            FailTogetherAsync(PublishAsync()),
            FailTogetherAsync(SaveAsync(new PeriodicTimer(options.SaveInterval, time))));
    }

    /// <inheritdoc/>
    public Task Completion { get; }

    /// <summary>Whether the emulator has taken all that is in the access log; what it has pushed it does not say.</summary>
    public bool IsCaughtUp => _reader.BytesAfter(_outstanding.ReadTo) == 0 && _outstanding.IsEmpty;

    /// <summary>Makes the topics and the subscription, and goes on publishing where the last run left off.</summary>
    /// <param name="emulator"><c>http://127.0.0.1:8085/</c>.</param>
    /// <param name="options">Endpoint, names, bounds.</param>
    /// <param name="data">Must be locked by this process.</param>
    /// <param name="accessLog">The access log of that folder. Must outlive the sink.</param>
    /// <param name="time">Measures pauses.</param>
    /// <param name="logs">Where troubles are told; never entries.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="PubSubEmulatorException">No emulator is there, or it refuses.</exception>
    /// <exception cref="InvalidDataException">The file with the positions was changed by something else.</exception>
    public static async Task<EmulatorSink> StartAsync(
        Uri emulator,
        PushSubscriptionOptions options,
        DataFolder data,
        AccessLogWriter accessLog,
        TimeProvider time,
        ILoggerFactory logs,
        CancellationToken cancellationToken)
    {
        var log = logs.CreateLogger<EmulatorSink>();
        var publisher = new EmulatorPublisher(emulator, options, time, log);
        try
        {
            await publisher.EnsureResourcesAsync(cancellationToken);
            return new EmulatorSink(publisher, options, data, accessLog, time, log);
        }
        catch
        {
            publisher.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken deadline) => _stop ??= StopOnceAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true));

    /// <summary>Breaks a publish off that is under way: what it brought is published again by the next run.</summary>
    private async Task StopOnceAsync()
    {
        await _stopping.CancelAsync();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _saver.Save();
        _publisher.Dispose();
        _stopping.Dispose();
    }

    private async Task ReadAsync(SubscriptionState state)
    {
        await Task.Yield();
        var deadLetters = _deadLetters.AllIds();
        await ResumeAsync(state, deadLetters);
        await foreach (var line in _reader.FollowAsync(_outstanding.ReadTo, _stopping.Token))
        {
            var id = line.Position.MessageId;
            if (!SinkEntry.TryTake(_hits, line.Bytes, out var entry) || deadLetters.Contains(id))
            {
                _outstanding.Skip(line.End);
                continue;
            }

            var message = new Message { Id = id, Position = line.Position, Entry = entry };
            _outstanding.Add(message, line.End);
            await _waiting.Writer.WriteAsync(message, _stopping.Token);
        }
    }

    /// <summary>What earlier runs read and did not bring to its end comes first.</summary>
    private async Task ResumeAsync(SubscriptionState state, IReadOnlySet<string> deadLetters)
    {
        var leftOver = state.Outstanding.Select(saved => saved.At.ToPosition()).Where(at => !deadLetters.Contains(at.MessageId)).ToList();
        var messages = leftOver.ConvertAll(at => new Message { Id = at.MessageId, Position = at });
        messages.ForEach(_outstanding.Resume);
        foreach (var message in messages)
        {
            if (_reader.ReadLine(message.Position) is not { } line)
            {
                _log.LogError("Message {MessageId} cannot be delivered: its entry was deleted", message.Id);
                _outstanding.Remove(message);
                continue;
            }

            message.Entry = SinkEntry.Read(line);
            await _waiting.Writer.WriteAsync(message, _stopping.Token);
        }
    }

    private async Task PublishAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync(_stopping.Token))
        {
            while (PublishBatch.Take(_waiting.Reader) is { } batch)
            {
                await _publisher.PublishAsync(batch, _stopping.Token);
                foreach (var message in batch.Messages)
                {
                    _outstanding.Remove(message);
                }
            }
        }
    }

    private async Task SaveAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                _saver.Save();
            }
        }
    }

    private async Task FailTogetherAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // what was not published stays outstanding
        }
        catch
        {
            await _stopping.CancelAsync();
            throw;
        }
    }
}
