using System.Buffers;
using System.Text;
using System.Text.Json;
using PixelPipeline.Logs;

namespace PixelPipeline.Local.PubSub;

/// <summary>An entry that the log sink publishes, and what it reads of it.</summary>
/// <param name="Bytes">The entry.</param>
/// <param name="Timestamp">The entry's <c>timestamp</c> as it stands there; null where there is none, or it is no time.</param>
/// <param name="ReceiveTimestamp">The entry's <c>receiveTimestamp</c>, likewise.</param>
internal readonly record struct SinkEntry(ReadOnlyMemory<byte> Bytes, string? Timestamp, string? ReceiveTimestamp)
{
    private const int MaxTimeLength = 64;

    private static readonly SearchValues<byte> TimeCharacters = SearchValues.Create("0123456789-:.TZ+"u8);

    /// <summary>When the sink published the entry. Taken from the entry, so that each delivery says the same.</summary>
    public string? PublishTime => ReceiveTimestamp ?? Timestamp;

    /// <summary>Takes a line of the access log, with a copy of its bytes, if the sink publishes it.</summary>
    /// <param name="hits">Says whether it does.</param>
    /// <param name="line">The line; a disk that lost its power may leave anything in it.</param>
    /// <param name="entry">The entry.</param>
    public static bool TryTake(HitRule hits, ReadOnlyMemory<byte> line, out SinkEntry entry)
    {
        var isTaken = hits.Selects(line.Span, out var times);
        entry = isTaken ? From(line.ToArray(), times) : default;
        return isTaken;
    }

    /// <summary>Reads an entry that was published before.</summary>
    /// <exception cref="InvalidDataException">It is not JSON, so the sink cannot have published it.</exception>
    public static SinkEntry Read(ReadOnlyMemory<byte> entry) => EntryTimes.TryRead(entry.Span, out var times)
        ? From(entry, times)
        : throw new InvalidDataException("An entry that was published is no JSON object any more.");

    /// <summary>Writes the attributes that the sink gives the message.</summary>
    public void WriteAttributes(Utf8JsonWriter json)
    {
        json.WriteStartObject("attributes");
        if (Timestamp is not null)
        {
            json.WriteString("logging.googleapis.com/timestamp", Timestamp);
        }

        json.WriteEndObject();
    }

    private static SinkEntry From(ReadOnlyMemory<byte> entry, EntryTimes times) =>
        new(entry, Time(times.Timestamp), Time(times.ReceiveTimestamp));

    // What becomes a header and an attribute is a time in the one form that every JSON reader takes.
    private static string? Time(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > MaxTimeLength || text.ContainsAnyExcept(TimeCharacters))
        {
            return null;
        }

        var reader = new Utf8JsonReader((byte[])[(byte)'"', .. text, (byte)'"']);
        reader.Read();
        return reader.TryGetDateTimeOffset(out _) ? Encoding.ASCII.GetString(text) : null;
    }
}
