using System.Text.Json;

namespace PixelPipeline.Logs;

/// <summary>Reads a log entry as Cloud Logging publishes it: one JSON object.</summary>
/// <seealso href="https://cloud.google.com/load-balancing/docs/https/https-logging-monitoring"/>
internal static class LogEntryJson
{
    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <summary>Reads one entry. Unknown fields are skipped; of a repeated field the last one counts.</summary>
    /// <param name="json">Any bytes. The entry's texts are views into them, or into copies where escapes were undone.</param>
    /// <param name="entry">The entry; its default where the bytes are none.</param>
    /// <returns>False where the bytes are not one JSON object, or have no readable <c>timestamp</c>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out LogEntry entry)
    {
        entry = default;
        var fields = new LogEntryFields();
        return TryReadFields(json, ref fields) && fields.TryBuild(json, out entry);
    }

    /// <summary>
    /// Reads what an entry tells of a client's request, without naming the event. What Cloud CDN requested itself, and
    /// an event that the collector published, is none: its URL is empty.
    /// </summary>
    /// <param name="json">Any bytes.</param>
    /// <param name="request">What it tells.</param>
    /// <returns>As <see cref="TryRead"/>.</returns>
    public static bool TryReadRequest(ReadOnlySpan<byte> json, out AccessLogLine request)
    {
        request = default;
        var fields = new LogEntryFields();
        return TryReadFields(json, ref fields) && fields.TryBuildRequest(out request);
    }

    /// <summary>Reads the fields of one entry as they stand; false where the bytes are not one JSON object.</summary>
    public static bool TryReadFields(ReadOnlySpan<byte> json, ref LogEntryFields fields)
    {
        // What is plainly no object costs no exception: another format's lines are tried as this one too.
        if (!json.TrimStart(WhiteSpace).StartsWith("{"u8))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = json.Length }); // any depth: each level takes a byte
            reader.Read();
            ReadEntry(ref reader, json, ref fields);
            reader.Read(); // anything after the object makes this throw
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void ReadEntry(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref LogEntryFields fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.ReadString(ref reader); // ValueTextEquals throws on names with lone surrogates
            if (name.SequenceEqual("httpRequest"u8))
            {
                ReadObject(ref reader, json, ref fields, ReadRequestField);
            }
            else if (name.SequenceEqual("jsonPayload"u8))
            {
                ReadObject(ref reader, json, ref fields, ReadPayloadField);
            }
            else if (name.SequenceEqual("timestamp"u8))
            {
                fields.Timestamp = NextValue(ref reader, json);
            }
            else if (name.SequenceEqual("insertId"u8))
            {
                fields.InsertId = NextValue(ref reader, json);
            }
            else if (name.SequenceEqual("receiveTimestamp"u8))
            {
                fields.ReceiveTimestamp = NextValue(ref reader, json);
            }
            else if (name.SequenceEqual("resource"u8))
            {
                ReadObject(ref reader, json, ref fields, ReadResourceField);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private delegate void FieldReader(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, ref LogEntryFields fields);

    private static void ReadObject(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref LogEntryFields fields, FieldReader readField)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            readField(ref reader, JsonText.ReadString(ref reader), json, ref fields);
        }
    }

    private static void ReadRequestField(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, ref LogEntryFields fields)
    {
        if (name.SequenceEqual("requestMethod"u8))
        {
            fields.RequestMethod = NextValue(ref reader, json);
        }
        else if (name.SequenceEqual("requestUrl"u8))
        {
            fields.RequestUrl = NextValue(ref reader, json);
        }
        else if (name.SequenceEqual("userAgent"u8))
        {
            fields.UserAgent = NextValue(ref reader, json);
        }
        else if (name.SequenceEqual("referer"u8))
        {
            fields.Referer = NextValue(ref reader, json);
        }
        else if (name.SequenceEqual("remoteIp"u8))
        {
            fields.RemoteIp = NextValue(ref reader, json);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ReadResourceField(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, ref LogEntryFields fields)
    {
        if (name.SequenceEqual("type"u8))
        {
            fields.ResourceType = NextValue(ref reader, json);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ReadPayloadField(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, ref LogEntryFields fields)
    {
        if (name.SequenceEqual("parentInsertId"u8))
        {
            fields.HasParentInsertId = !NextValue(ref reader, json).IsEmpty;
        }
        else if (name.SequenceEqual("forgotten"u8))
        {
            fields.IsForgotten = NextValue(ref reader, json).SequenceEqual("true"u8);
        }
        else if (name.SequenceEqual("eventId"u8))
        {
            fields.CollectedId = NextValue(ref reader, json);
        }
        else if (name.SequenceEqual("event"u8))
        {
            reader.Read();
            fields.Event = reader.TokenType == JsonTokenType.Null ? default : JsonText.ReadRaw(ref reader, json);
        }
        else
        {
            reader.Skip();
        }
    }

    private static ReadOnlySpan<byte> NextValue(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        return JsonText.ReadValue(ref reader, json);
    }
}
