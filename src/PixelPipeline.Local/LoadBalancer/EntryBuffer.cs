using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.ObjectPool;

namespace PixelPipeline.Local.LoadBalancer;

/// <summary>Memory for one line of JSON, used again and again.</summary>
internal sealed class EntryBuffer : IResettable
{
    private const int LargestKept = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(2048);

    public EntryBuffer() => Json = new Utf8JsonWriter(_bytes, new JsonWriterOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // '&' stays readable; the line is never part of HTML
    });

    public Utf8JsonWriter Json { get; }

    /// <summary>Ends the line, and gives it with its newline.</summary>
    public ReadOnlyMemory<byte> EndLine()
    {
        Json.Flush();
        _bytes.Write("\n"u8);
        return _bytes.WrittenMemory;
    }

    /// <inheritdoc/>
    public bool TryReset()
    {
        _bytes.ResetWrittenCount();
        Json.Reset();
        return _bytes.Capacity <= LargestKept;
    }
}
