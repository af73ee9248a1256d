using System.Net;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests;

/// <summary>An answer of the local BigQuery.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonObject Body)
{
    public string? Reason => (string?)Body["error"]?["errors"]?[0]?["reason"];

    public string? Message => (string?)Body["error"]?["message"];

    /// <summary>Row errors as <c>index reason location</c>.</summary>
    public IEnumerable<string> RowErrors => (Body["insertErrors"] as JsonArray ?? [])
        .Select(row => $"{row!["index"]} {row["errors"]![0]!["reason"]} {row["errors"]![0]!["location"]}".TrimEnd());

    /// <summary>The rows of a page, their cells separated by a bar, NULL for null.</summary>
    public IEnumerable<string> Rows => (Body["rows"] as JsonArray ?? [])
        .Select(row => string.Join('|', row!["f"]!.AsArray().Select(cell => (string?)cell!["v"] ?? "NULL")));
}
