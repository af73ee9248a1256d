using System.Text;
using System.Text.Json;

namespace PixelPipeline.Testing;

/// <summary>One line of <c>tests/samples/log-entries.jsonl</c>: a log entry and what must become of it.</summary>
/// <param name="Name">What the case is about.</param>
/// <param name="Entry">The message's bytes.</param>
/// <param name="Outcome"><c>written</c>, <c>ignored</c> or <c>rejected</c>.</param>
/// <param name="Reason">The label of an ignored or rejected entry.</param>
/// <param name="Column">The column of a rejection.</param>
/// <param name="Table">The table of a written row.</param>
/// <param name="Row">The columns that the case is about; null means NULL.</param>
internal sealed record SampleCase(
    string Name, byte[] Entry, string Outcome, string? Reason, string? Column, string? Table, IReadOnlyDictionary<string, string?> Row)
{
    public static IReadOnlyList<SampleCase> All { get; } =
        [.. Encoding.UTF8.GetString(ShippedFile.Read("samples/log-entries.jsonl"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    public override string ToString() => Name;

    private static SampleCase Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var expect = root.GetProperty("expect");
        var entry = root.TryGetProperty("entry", out var element) ? element.GetRawText() : root.GetProperty("raw").GetString()!;
        return new SampleCase(
            root.GetProperty("name").GetString()!,
            Encoding.UTF8.GetBytes(entry),
            expect.GetProperty("outcome").GetString()!,
            Text(expect, "reason"),
            Text(expect, "column"),
            Text(expect, "table"),
            expect.TryGetProperty("row", out var row) ? row.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()) : []);
    }

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() : null;
}
