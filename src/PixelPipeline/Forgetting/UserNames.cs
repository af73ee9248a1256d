using PixelPipeline.Events;
using PixelPipeline.Logs;

namespace PixelPipeline.Forgetting;

/// <summary>
/// Whom a raw entry is about, whatever became of it: the user that its request or event names, and, of an entry that
/// names none so, every user that its text names.
/// </summary>
public static class UserNames
{
    /// <summary>The attribute that names a user: <c>user_id</c>.</summary>
    public const string Attribute = "user_id";

    /// <summary>The users of one log entry.</summary>
    /// <param name="entry">Any bytes; those that are no log entry are read as text.</param>
    public static IReadOnlyList<string> InEntry(ReadOnlySpan<byte> entry)
    {
        var fields = new LogEntryFields();
        return LogEntryJson.TryReadFields(entry, ref fields) && InRequest(fields.RequestUrl, fields.Event) is { } user ? [user] : NamesInText.Find(entry);
    }

    /// <summary>The users of one entry that is read already.</summary>
    internal static IReadOnlyList<string> In(in LogEntry entry) =>
        InRequest(entry.RequestUrl, entry.Event) is { } user ? [user]
        : !entry.Event.IsEmpty ? NamesInText.Find(entry.Event)
        : [.. NamesInText.Find(entry.RequestUrl), .. NamesInText.Find(entry.Referer)];

    /// <summary>The user that a request URL or, where there is one, an event names, as a row would have it; null where it names none.</summary>
    internal static string? InRequest(ReadOnlySpan<byte> url, ReadOnlySpan<byte> collected)
    {
        var question = url.IndexOf((byte)'?');
        var entry = new LogEntry { Timestamp = default, EventId = default, Event = collected };
        var found = Attributes.Find(in entry, question < 0 ? default : QueryOf(url[(question + 1)..]), Attribute);
        return found is { Length: > 0 } ? found : null;
    }

    private static ReadOnlySpan<byte> QueryOf(ReadOnlySpan<byte> rest) => rest.IndexOf((byte)'#') is >= 0 and var hash ? rest[..hash] : rest;
}
