using System.Text.Json;

namespace PixelPipeline.Local.PubSub;

/// <summary>Reads the body of a publish request: <c>{"messages":[{"data":"base64"}]}</c>.</summary>
internal static class PublishRequest
{
    private const int MaxMessages = 1_000;
    private const int MaxLineBytes = 1024 * 1024;

    /// <summary>
    /// The messages as lines of the access log. The log holds JSON objects, one a line, so that is what a message here
    /// must be; line breaks between its parts are taken out.
    /// </summary>
    /// <returns>Null for anything else.</returns>
    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            var messages = request.RootElement.GetProperty("messages");
            return messages.GetArrayLength() is > 0 and <= MaxMessages ? [.. messages.EnumerateArray().Select(ToLine)] : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> ToLine(JsonElement message)
    {
        var data = message.GetProperty("data").GetBytesFromBase64();
        using var entry = JsonDocument.Parse(data);
        if (entry.RootElement.ValueKind != JsonValueKind.Object || data.Length > MaxLineBytes)
        {
            throw new FormatException("A message is one JSON object.");
        }

        // In JSON a raw line break stands between tokens only, where a space means the same.
        data.AsSpan().Replace((byte)'\n', (byte)' ');
        data.AsSpan().Replace((byte)'\r', (byte)' ');
        return (byte[])[.. data, (byte)'\n'];
    }
}
