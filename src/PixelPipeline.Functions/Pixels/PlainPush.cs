using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using PixelPipeline.Logs;

namespace PixelPipeline.Functions.Pixels;

/// <summary>
/// The body of a delivery as Pub/Sub itself writes it, read in one pass over its bytes. What it does not expect is for
/// the events package to judge, which reads anything that there can be, at many times the cost.
/// </summary>
/// <seealso href="https://cloud.google.com/pubsub/docs/push#receive_push"/>
internal static class PlainPush
{
    private const int LongestTime = 30; // nanoseconds; with more digits the package refuses it

    /// <summary>Reads a body.</summary>
    /// <param name="json">Any bytes.</param>
    /// <param name="data">The message's data, decoded; empty where it has none.</param>
    /// <returns>
    /// True for a body that the package takes as well, with the same data. False says nothing: malformed, or just unusual.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out byte[] data)
    {
        data = [];
        var reader = new Utf8JsonReader(json);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && TryReadPush(ref reader, ref data) && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryReadPush(ref Utf8JsonReader reader, ref byte[] data)
    {
        var hasMessage = false;
        while (TryReadName(ref reader, out var isEnd) && !isEnd)
        {
            if (reader.ValueTextEquals("message"u8))
            {
                if (hasMessage || !reader.Read() || reader.TokenType != JsonTokenType.StartObject || !TryReadMessage(ref reader, ref data))
                {
                    return false;
                }

                hasMessage = true;
            }
            else if (!(IsAttempt(ref reader) ? reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _) : TryReadText(ref reader)))
            {
                return false;
            }
        }

        return hasMessage && reader.TokenType == JsonTokenType.EndObject;
    }

    private static bool TryReadMessage(ref Utf8JsonReader reader, ref byte[] data)
    {
        while (TryReadName(ref reader, out var isEnd) && !isEnd)
        {
            var isData = reader.ValueTextEquals("data"u8);
            var isTime = reader.ValueTextEquals("publishTime"u8) || reader.ValueTextEquals("publish_time"u8);
            var isRead = reader.ValueTextEquals("attributes"u8) ? TryReadAttributes(ref reader)
                : TryReadText(ref reader) && (!isTime || IsTime(reader.ValueSpan)) && (!isData || TryDecode(reader.ValueSpan, out data));
            if (!isRead)
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    private static bool TryReadAttributes(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (TryReadName(ref reader, out var isEnd) && !isEnd)
        {
            if (!TryReadText(ref reader))
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    // A name with an escape may be anything, one that is no Unicode too.
    private static bool TryReadName(ref Utf8JsonReader reader, out bool isEnd)
    {
        isEnd = reader.Read() && reader.TokenType == JsonTokenType.EndObject;
        return isEnd || (reader.TokenType == JsonTokenType.PropertyName && !reader.ValueIsEscaped);
    }

    private static bool TryReadText(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped;

    private static bool IsAttempt(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("deliveryAttempt"u8) || reader.ValueTextEquals("delivery_attempt"u8);

    private static bool IsTime(ReadOnlySpan<byte> text) =>
        text.Length <= LongestTime && EntryTimestamp.TryParse(text, out _) && text[10] == 'T' && text[^1] == 'Z';

    private static bool TryDecode(ReadOnlySpan<byte> base64, out byte[] data)
    {
        data = [];
        if (base64.Length % 4 != 0)
        {
            return false;
        }

        var padding = base64.EndsWith("=="u8) ? 2 : base64.EndsWith("="u8) ? 1 : 0;
        data = GC.AllocateUninitializedArray<byte>((base64.Length / 4 * 3) - padding);
        return Base64.DecodeFromUtf8(base64, data, out _, out var length) == OperationStatus.Done && length == data.Length;
    }
}
