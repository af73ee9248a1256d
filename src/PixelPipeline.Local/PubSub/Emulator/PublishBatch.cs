using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;

namespace PixelPipeline.Local.PubSub.Emulator;

/// <summary>Messages that are published with one request, in the log's order.</summary>
internal sealed class PublishBatch
{
    private const int MaxMessages = 100;
    private const int MaxBytes = 1024 * 1024; // far below the 10 MB that a publish request may have

    private readonly List<Message> _messages = [];
    private int _bytes;

    private PublishBatch()
    {
    }

    /// <summary>What it holds; at least one.</summary>
    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>Takes what waits, at least one message and as many more as fit.</summary>
    /// <returns>Null where nothing waits.</returns>
    public static PublishBatch? Take(ChannelReader<Message> waiting)
    {
        var batch = new PublishBatch();
        while (batch._messages.Count < MaxMessages && batch._bytes < MaxBytes && waiting.TryRead(out var message))
        {
            batch._messages.Add(message);
            batch._bytes += message.Entry!.Value.Bytes.Length;
        }

        return batch._messages.Count > 0 ? batch : null;
    }

    /// <summary>
    /// The body of <c>topics.publish</c> (<see href="https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics/publish"/>):
    /// each entry with the attribute that a log sink gives it.
    /// </summary>
    public HttpContent ToContent()
    {
        var body = new ArrayBufferWriter<byte>(_bytes / 3 * 4 + (_messages.Count * 128));
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteStartArray("messages");
        foreach (var message in _messages)
        {
            var entry = message.Entry!.Value;
            json.WriteStartObject();
            json.WriteBase64String("data", entry.Bytes.Span);
            entry.WriteAttributes(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return new ReadOnlyMemoryContent(body.WrittenMemory) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
