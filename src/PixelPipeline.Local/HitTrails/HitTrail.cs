using System.Text;
using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.PubSub;

namespace PixelPipeline.Local.HitTrails;

/// <summary>Looks at a data folder from outside while a pipeline runs on it. Changes nothing.</summary>
public sealed class HitTrail
{
    private readonly DataFolder _data;

    /// <summary>The trails of one data folder's hits.</summary>
    /// <param name="data">Need not exist: then nothing is found.</param>
    public HitTrail(DataFolder data) => _data = data;

    /// <summary>The newest entry that contains a text, or null.</summary>
    /// <param name="text">As it stands in the log: what JSON escapes has to be escaped.</param>
    /// <param name="since">It was logged after this instant: segments that were closed by then are not read.</param>
    /// <exception cref="IOException">The access log cannot be read.</exception>
    public LoggedEntry? FindEntry(string text, DateTimeOffset since)
    {
        if (!Directory.Exists(_data.AccessLog))
        {
            return null;
        }

        var folder = new SegmentFolder(_data);
        var bytes = Encoding.UTF8.GetBytes(text);
        var oldest = new SegmentId((since - new AccessLogOptions().MaxSegmentAge).ToUnixTimeMilliseconds());
        return folder.ListFrom(oldest)
            .Where(segment => segment.CompareTo(oldest) >= 0)
            .Reverse()
            .Select(segment => FindEntry(folder, segment, bytes))
            .FirstOrDefault(entry => entry is not null);
    }

    /// <summary>How far the message of an entry has come on its way to the function.</summary>
    /// <exception cref="InvalidDataException">The saved state was changed by something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public MessageState StateOf(LoggedEntry entry)
    {
        var state = SubscriptionFile.Of(_data, PushSubscriptionOptions.DefaultId).Load();
        var message = state.Outstanding.FirstOrDefault(m => m.At.ToPosition() == entry.Position);
        return new MessageState(
            state.ReadTo.ToPosition().CompareTo(entry.Position) > 0,
            message is not null,
            message?.Attempts ?? 0,
            state.Outstanding.Count - (message is null ? 0 : 1));
    }

    /// <summary>How many messages were taken from the access log and are neither acknowledged nor given up.</summary>
    /// <exception cref="InvalidDataException">The saved state was changed by something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public int CountWaiting() => SubscriptionFile.Of(_data, PushSubscriptionOptions.DefaultId).Load().Outstanding.Count;

    private static LoggedEntry? FindEntry(SegmentFolder folder, SegmentId segment, byte[] text)
    {
        if (folder.OpenRead(segment) is not { } file)
        {
            return null; // expired since the folder was read
        }

        LoggedEntry? found = null;
        using var cursor = new SegmentCursor(segment, file, offset: 0);
        while (cursor.TryRead(long.MaxValue, out var line))
        {
            if (line.Bytes.Span.IndexOf(text) >= 0)
            {
                found = new LoggedEntry(line.Position);
            }
        }

        return found;
    }
}
