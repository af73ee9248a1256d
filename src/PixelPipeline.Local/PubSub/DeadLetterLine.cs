using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// A dead letter as one line of JSON:
/// <c>{"position":{"segment":"…","offset":42},"messageId":"…","attempts":100,"lastStatus":"500","time":"…","entry":{…}}</c>.
/// </summary>
internal static class DeadLetterLine
{
    public static ReadOnlySpan<byte> Write(DeadLetter letter)
    {
        var line = new ArrayBufferWriter<byte>(letter.Entry.Length + 512);
        using var json = new Utf8JsonWriter(
            line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("position");
        json.WriteString("segment", letter.Segment);
        json.WriteNumber("offset", letter.Offset);
        json.WriteEndObject();
        json.WriteString("messageId", letter.MessageId);
        json.WriteNumber("attempts", letter.Attempts);
        json.WriteString("lastStatus", letter.LastStatus);
        json.WriteString("time", letter.Time);
        json.WritePropertyName("entry");
        json.WriteRawValue(letter.Entry.Span, skipInputValidation: true); // the same bytes are pushed when it goes again
        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
        return line.WrittenSpan;
    }

    /// <exception cref="InvalidDataException">The line is not a dead letter.</exception>
    public static DeadLetter Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var letter = document.RootElement;
            var position = letter.GetProperty("position");
            return new DeadLetter(
                letter.GetProperty("messageId").GetString()!,
                position.GetProperty("segment").GetString()!,
                position.GetProperty("offset").GetInt64(),
                letter.GetProperty("attempts").GetInt32(),
                letter.GetProperty("lastStatus").GetString()!,
                letter.GetProperty("time").GetDateTimeOffset(),
                JsonMarshal.GetRawUtf8Value(letter.GetProperty("entry")).ToArray());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("A file among the dead letters is no dead letter.", e);
        }
    }
}
