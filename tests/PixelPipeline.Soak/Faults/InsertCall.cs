using System.IO.Compression;
using System.Text;
using System.Text.Json;
using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Faults;

/// <summary>What an insertAll call holds.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Events">The events of its rows.</param>
/// <param name="Refused">The places of rows that BigQuery is to refuse: those with something in <c>referer</c>.</param>
internal sealed record InsertCall(string Table, IReadOnlyList<int> Events, IReadOnlySet<int> Refused)
{
    /// <summary>Reads the call's body, which may be compressed.</summary>
    public static InsertCall Parse(string baseTable, byte[] body, bool isCompressed)
    {
        using var json = isCompressed ? JsonDocument.Parse(new GZipStream(new MemoryStream(body), CompressionMode.Decompress)) : JsonDocument.Parse(body);
        var suffix = json.RootElement.TryGetProperty("templateSuffix", out var text) ? text.GetString() : "";
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("json")).ToList();
        var refused = rows.Index().Where(r => r.Item.TryGetProperty("referer", out var referer) && referer.ValueKind == JsonValueKind.String).Select(r => r.Index);
        return new InsertCall(baseTable + suffix, [.. rows.Select(IndexOf)], refused.ToHashSet());
    }

    /// <summary>Whether an answer says that every row was inserted.</summary>
    public static bool IsWhole(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return !json.RootElement.TryGetProperty("insertErrors", out _);
    }

    /// <summary>BigQuery's answer where it refuses: the one row is invalid, every other is stopped, and none is inserted.</summary>
    public byte[] Refusal() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        kind = "bigquery#tableDataInsertAllResponse",
        insertErrors = Events.Select((_, index) => new
        {
            index,
            errors = new[] { Refused.Contains(index) ? new { reason = "invalid", location = "referer", message = "By the fault layer." } : new { reason = "stopped", location = "", message = "" } },
        }),
    });

    private static int IndexOf(JsonElement row)
    {
        if (row.TryGetProperty("entry", out var entry) && entry.ValueKind == JsonValueKind.String)
        {
            return RunOracle.IndexIn(entry.GetBytesFromBase64());
        }

        return row.TryGetProperty("order_id", out var order) ? RunOracle.IndexIn(Encoding.UTF8.GetBytes(order.GetString() ?? "")) : -1;
    }
}
