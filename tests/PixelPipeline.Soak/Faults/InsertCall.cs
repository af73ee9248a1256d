using System.IO.Compression;
using System.Text;
using System.Text.Json;
using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Faults;

/// <summary>What an insertAll call holds: its table and the events of its rows.</summary>
internal sealed record InsertCall(string Table, IReadOnlyList<int> Events)
{
    /// <summary>Reads the call's body, which may be compressed.</summary>
    public static InsertCall Parse(string baseTable, byte[] body, bool isCompressed)
    {
        using var json = isCompressed ? JsonDocument.Parse(new GZipStream(new MemoryStream(body), CompressionMode.Decompress)) : JsonDocument.Parse(body);
        var suffix = json.RootElement.TryGetProperty("templateSuffix", out var text) ? text.GetString() : "";
        var events = json.RootElement.GetProperty("rows").EnumerateArray().Select(row => IndexOf(row.GetProperty("json")));
        return new InsertCall(baseTable + suffix, [.. events]);
    }

    /// <summary>Whether an answer says that every row was inserted.</summary>
    public static bool IsWhole(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return !json.RootElement.TryGetProperty("insertErrors", out _);
    }

    private static int IndexOf(JsonElement row)
    {
        if (row.TryGetProperty("entry", out var entry) && entry.ValueKind == JsonValueKind.String)
        {
            return RunOracle.IndexIn(entry.GetBytesFromBase64());
        }

        return row.TryGetProperty("order_id", out var order) ? RunOracle.IndexIn(Encoding.UTF8.GetBytes(order.GetString() ?? "")) : -1;
    }
}
