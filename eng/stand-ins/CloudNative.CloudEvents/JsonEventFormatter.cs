using System.Text.Json;

namespace CloudNative.CloudEvents.SystemTextJson;

/// <summary>Reads the data of an event as a <see cref="JsonElement"/>: the formatter of untyped functions.</summary>
internal sealed class JsonEventFormatter : DecodingFormatter
{
    protected override object? DecodeData(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
