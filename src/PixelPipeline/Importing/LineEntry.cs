using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PixelPipeline.Logs;

namespace PixelPipeline.Importing;

/// <summary>The log entry that a line of another format stands for: as the object the pipeline uses, and as JSON.</summary>
internal static class LineEntry
{
    // Some formats name no host, and the pipeline takes absolute URLs only. This name can never be anybody's.
    private static ReadOnlySpan<byte> UnknownHost => "http://host.invalid"u8;

    /// <summary>The entry.</summary>
    /// <param name="line">What the line tells.</param>
    /// <param name="eventId">What its event id is made of.</param>
    /// <param name="buffer">Takes the URL where it has to be made absolute.</param>
    public static LogEntry ToEntry(in AccessLogLine line, EventIdSource eventId, LineBuffer buffer) => new()
    {
        Timestamp = line.Timestamp,
        EventId = eventId,
        RequestMethod = line.Method,
        RequestUrl = ToAbsolute(line.Url, buffer),
        IsUrlCut = line.IsUrlCut,
        UserAgent = line.UserAgent,
        Referer = line.Referer,
        RemoteIp = line.RemoteIp,
    };

    /// <summary>The entry as JSON: what is kept of a rejected line, and read again when rejections are replayed.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="insertId">As <see cref="LineInsertId"/> makes it: the JSON gives the same event id as the line.</param>
    public static byte[] ToJson(in LogEntry entry, ReadOnlySpan<byte> insertId)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("insertId"u8, insertId);
        json.WriteString("timestamp"u8, Format(entry.Timestamp));
        json.WriteStartObject("httpRequest"u8);
        Write(json, "requestMethod"u8, entry.RequestMethod);
        Write(json, "requestUrl"u8, entry.RequestUrl);
        Write(json, "userAgent"u8, entry.UserAgent);
        Write(json, "referer"u8, entry.Referer);
        Write(json, "remoteIp"u8, entry.RemoteIp);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> ToAbsolute(ReadOnlySpan<byte> url, LineBuffer buffer)
    {
        if (url.IsEmpty || url[0] != '/')
        {
            return url;
        }

        var absolute = buffer.Take(UnknownHost.Length + url.Length);
        UnknownHost.CopyTo(absolute);
        url.CopyTo(absolute[UnknownHost.Length..]);
        return absolute;
    }

    private static string Format(EntryTimestamp time) =>
        DateTime.UnixEpoch.AddSeconds(time.UnixSeconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
        + string.Create(CultureInfo.InvariantCulture, $".{time.Nanoseconds:000000000}Z");

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            json.WriteString(name, System.Text.Encoding.UTF8.GetString(value)); // bytes that are no UTF-8 become U+FFFD
        }
    }
}
