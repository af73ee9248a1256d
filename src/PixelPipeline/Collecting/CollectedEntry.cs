using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PixelPipeline.Collecting;

/// <summary>
/// Writes an accepted event as the log entry that is published for it: one JSON object on one line, whose
/// <c>jsonPayload.event</c> the processor takes for the attributes and whose <c>httpRequest</c> fills the entry columns.
/// The request's URL is not in it, since that may carry a key.
/// </summary>
/// <param name="logName">Names where it came from: <c>projects/P/logs/collect</c>.</param>
/// <param name="client">What the request tells of its client.</param>
/// <param name="keyName">The name of the key that was shown; empty where no key is asked for.</param>
public sealed class CollectedEntry(string logName, CollectedClient client, string keyName)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes one. Where the event brings an id of its own, <c>jsonPayload.eventId</c> is a hash of the key's name and
    /// that id: the same event sent again has the same id, and no key reaches another's ids.
    /// </summary>
    /// <param name="collected">An event that an <see cref="EventContract"/> accepted.</param>
    /// <param name="time">When it was received; cut to microseconds.</param>
    /// <returns>UTF-8 without a newline.</returns>
    public ReadOnlyMemory<byte> Write(CollectedEvent collected, DateTimeOffset time)
    {
        var bytes = new ArrayBufferWriter<byte>(1_024);
        using var json = new Utf8JsonWriter(bytes, Relaxed);
        var timestamp = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("insertId", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)));
        json.WriteString("timestamp", timestamp);
        json.WriteString("receiveTimestamp", timestamp);
        json.WriteString("logName", logName);
        json.WriteString("severity", "INFO");
        json.WriteStartObject("resource");
        json.WriteString("type", "cloud_run_revision");
        json.WriteEndObject();
        WriteRequest(json);
        WritePayload(json, collected);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private void WriteRequest(Utf8JsonWriter json)
    {
        json.WriteStartObject("httpRequest");
        json.WriteString("requestMethod", "POST");
        WriteIfPresent(json, "userAgent", client.UserAgent);
        WriteIfPresent(json, "referer", client.Referer);
        WriteIfPresent(json, "remoteIp", client.RemoteIp);
        json.WriteEndObject();
    }

    private void WritePayload(Utf8JsonWriter json, CollectedEvent collected)
    {
        json.WriteStartObject("jsonPayload");
        if (collected.TryGet(CollectedEvent.IdField, out var id) && !id.IsNothing)
        {
            json.WriteString("eventId", HashOf(keyName, id.Text));
        }

        json.WriteStartObject("event");
        foreach (var (name, value) in collected.Fields)
        {
            WriteField(json, name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string name, FieldValue value)
    {
        if (name == CollectedEvent.IdField || value.IsNothing)
        {
            return;
        }

        if (value.Kind == JsonValueKind.String)
        {
            json.WriteString(name, value.Text);
        }
        else
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value.Text);
        }
    }

    // A key's name holds no NUL, so the pair is spelt in one way only.
    private static string HashOf(string keyName, string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{keyName}\0{id}")));

    private static void WriteIfPresent(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
