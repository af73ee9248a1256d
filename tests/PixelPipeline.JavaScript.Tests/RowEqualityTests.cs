using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PixelPipeline.Events;
using PixelPipeline.Soak.Oracle;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.JavaScript.Tests;

/// <summary>The transform makes of every entry what the core makes of it: the same row, the same rejection, or nothing.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RowEqualityTests
{
    /// <summary>More of them: <c>PIXEL_TRANSFORM_ENTRIES=100000</c>.</summary>
    private static readonly int Entries = int.TryParse(Environment.GetEnvironmentVariable("PIXEL_TRANSFORM_ENTRIES"), out var entries) ? entries : 2_000;

    [Test]
    public Task Transform_Samples_GiveWhatTheCoreGives() =>
        CompareAsync(Some.ShippedSchema(), [.. SampleCase.All.Select(s => s.Entry)]);

    [Test]
    public Task Transform_EntriesOfAFaultRun_GiveWhatTheCoreGives()
    {
        var schema = JsonNode.Parse(ShippedFile.Read("deploy/schema.json"))!.AsArray();
        schema.Add(new JsonObject { ["name"] = "amount", ["type"] = "INTEGER" });
        var oracle = new RunOracle(seed: 20261128, layout: "partitioned");
        return CompareAsync(
            EventSchema.Parse(Encoding.UTF8.GetBytes(schema.ToJsonString()), "schema.json"), [.. Enumerable.Range(0, Entries).Select(i => EntryText.Of(oracle.EventOf(i)))]);
    }

    [Test]
    public Task Transform_HostileEntries_GiveWhatTheCoreGives()
    {
        var schema = Some.Schema(
            "type STRING", "text STRING", "whole INTEGER", "real FLOAT", "price NUMERIC", "flag BOOLEAN", "at TIMESTAMP", "day DATE", "page STRING", "site STRING",
            "referer STRING", "user_agent STRING", "remote_ip STRING", "agent_class STRING", "browser STRING", "os STRING", "device STRING", "visitor STRING");
        string[] attributes = [.. schema.Columns.Select(c => c.Name).Where(schema.IsAttribute)];
        var entries = new HostileEntries(seed: 20261128, attributes);
        return CompareAsync(schema, [.. Enumerable.Range(0, Entries).Select(_ => entries.Next())], leastOfEach: Entries / 50);
    }

    [Test]
    public Task Transform_UserAgents_GiveWhatTheCoreGives()
    {
        var agents = File.ReadLines(Path.Combine(Repository.Root, "tests", "samples", "agents.tsv")).Select(line => line.Split('\t')[^1]);
        return CompareAsync(Some.ShippedSchema(), [.. agents.Select(agent => Some.LogEntry(userAgent: agent))]);
    }

    [Test]
    public void TransformEngine_SamplesAndHostileEntries_GivesWhatTheCoreGives()
    {
        var schema = Some.ShippedSchema();
        var engine = new TransformEngine(PixelTransform.Of(schema, "/pixel.png"));
        var hostile = new HostileEntries(seed: 20261129, [.. schema.Columns.Select(c => c.Name).Where(schema.IsAttribute)]);
        var processor = new PixelProcessor(schema, new TableLayout.Partitioned("pixel"), "/pixel.png");
        foreach (var entry in SampleCase.All.Select(s => s.Entry).Concat(Enumerable.Range(0, 200).Select(_ => hostile.Next())))
        {
            var result = engine.Run(entry) switch
            {
                TransformResult.Row row => Normal(JsonDocument.Parse(row.Json).RootElement),
                TransformResult.Thrown thrown => thrown.Reason,
                _ => "dropped",
            };
            Assert.That(result, Is.EqualTo(Describe(processor.Process(entry))), Encoding.UTF8.GetString(entry));
        }
    }

    private static async Task CompareAsync(EventSchema schema, IReadOnlyList<byte[]> entries, int leastOfEach = 0)
    {
        NodeTransform.IgnoreIfMissing();
        var processor = new PixelProcessor(schema, new TableLayout.Partitioned("pixel"), "/pixel.png");
        var results = await NodeTransform.RunAsync(PixelTransform.Of(schema, "/pixel.png"), entries);
        Assert.That(results, Has.Count.EqualTo(entries.Count));
        Assert.That(results.Count(r => r.ValueKind == JsonValueKind.Null), Is.GreaterThanOrEqualTo(leastOfEach), "dropped");
        Assert.That(results.Count(r => r.ValueKind == JsonValueKind.Object && r.TryGetProperty("data", out _)), Is.GreaterThanOrEqualTo(leastOfEach), "rows");
        Assert.That(results.Count(r => r.ValueKind == JsonValueKind.Object && r.TryGetProperty("error", out _)), Is.GreaterThanOrEqualTo(leastOfEach), "rejections");
        var differences = entries.Select((entry, i) => DifferenceOf(processor.Process(entry), results[i]) is { } difference ? $"{Encoding.UTF8.GetString(entry)}\n{difference}" : null)
            .OfType<string>().ToList();
        Assert.That(differences, Is.Empty, () => $"{differences.Count} of {entries.Count} differ:\n{string.Join("\n\n", differences.Take(5))}");
    }

    private static string? DifferenceOf(EntryOutcome outcome, JsonElement result)
    {
        var (core, script) = (Describe(outcome), Describe(result));
        return core == script ? null : $"core   {core}\nscript {script}";
    }

    // Both parsed and written by the same writer: what is left are names, their order, and values, digit by digit.
    private static string Describe(EntryOutcome outcome) => outcome switch
    {
        EntryOutcome.Written written => Normal(JsonDocument.Parse(written.Row.InsertJson).RootElement.GetProperty("json")),
        EntryOutcome.Rejected { Column: { } column } rejected => $"{rejected.Reason.ToLabel()} {column}",
        EntryOutcome.Rejected rejected => rejected.Reason.ToLabel(),
        _ => "dropped",
    };

    private static string Describe(JsonElement result)
    {
        if (result.ValueKind == JsonValueKind.Null)
        {
            return "dropped";
        }

        return result.TryGetProperty("error", out var error) ? error.GetString()! : Normal(JsonDocument.Parse(result.GetProperty("data").GetString()!).RootElement);
    }

    private static string Normal(JsonElement row) => string.Join(' ', row.EnumerateObject().Select(p =>
        $"{p.Name}={p.Value.ValueKind switch
        {
            JsonValueKind.String => JsonSerializer.Serialize(p.Value.GetString()),
            JsonValueKind.Number when !p.Value.TryGetInt64(out _) => // a FLOAT, which each side spells in its own way
                p.Value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            _ => p.Value.GetRawText(),
        }}"));
}
