using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.PubSub;

/// <summary>Tracks how far the log was read and what of it is not done with. Safe for concurrent use.</summary>
internal sealed class OutstandingMessages(LogPosition readTo)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LogPosition, Message> _messages = [];
    private LogPosition _readTo = readTo;
    private bool _changed;

    public LogPosition ReadTo
    {
        get
        {
            lock (_lock)
            {
                return _readTo;
            }
        }
    }

    /// <summary>Whether all that was read is done with.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _messages.Count == 0;
            }
        }
    }

    /// <summary>Notes a message from the log, and that the log was read up to <paramref name="end"/>.</summary>
    public void Add(Message message, LogPosition end)
    {
        lock (_lock)
        {
            _messages.Add(message.Position, message);
            _readTo = end;
            _changed = true;
        }
    }

    /// <summary>Notes a message that an earlier run left over: the log was read beyond it already.</summary>
    public void Resume(Message message)
    {
        lock (_lock)
        {
            _messages.Add(message.Position, message);
        }
    }

    /// <summary>Counts a failed attempt.</summary>
    public void CountFailure(Message message)
    {
        lock (_lock)
        {
            message.Attempts++;
            _changed = true;
        }
    }

    /// <summary>Notes that the log was read up to <paramref name="end"/> and held nothing to deliver.</summary>
    public void Skip(LogPosition end)
    {
        lock (_lock)
        {
            _readTo = end;
            _changed = true;
        }
    }

    /// <summary>Notes that a message is acknowledged or safe among the dead letters.</summary>
    public void Remove(Message message)
    {
        lock (_lock)
        {
            _messages.Remove(message.Position);
            _changed = true;
        }
    }

    /// <summary>The state to save, or null where it is the same as last time.</summary>
    public SubscriptionState? TakeChange()
    {
        lock (_lock)
        {
            if (!_changed)
            {
                return null;
            }

            _changed = false;
            return new SubscriptionState(
                SavedPosition.From(_readTo),
                [.. _messages.Values.Select(m => new OutstandingMessage(SavedPosition.From(m.Position), m.Attempts))]);
        }
    }

    /// <summary>Notes that what <see cref="TakeChange"/> gave could not be saved.</summary>
    public void Unsaved()
    {
        lock (_lock)
        {
            _changed = true;
        }
    }
}
