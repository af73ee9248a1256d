using PixelPipeline.Cli.Targets;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.GoogleCloud.Tests.ClientContract;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Tests.Targets;

/// <summary>What import, replay and rejected --replay make where it is missing: the same as the function would.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CommandPipelineTests
{
    [Test]
    public async Task EnsureTables_WhereNothingIs_MakesWhatTheSettingsSay()
    {
        await using var bigQuery = new RecordingBigQuery();
        var settings = PipelineSettings.Read([new("Project", "local"), new("DatasetLocation", "EU"), new("RejectedRetentionDays", "7")]);
        var schema = Some.ShippedSchema();
        using var pipeline = new CommandPipeline(BigQueryEndpoint.CreateClient("local", bigQuery.Host), settings, schema, settings.ToLayout(schema));
        await pipeline.EnsureTablesAsync(CancellationToken.None);

        var made = bigQuery.Made.ToList();
        Assert.That(made.Single(m => m.TryGetProperty("location", out _)).GetProperty("location").GetString(), Is.EqualTo("EU"));
        Assert.That(
            made.Select(m => m.TryGetProperty("timePartitioning", out var p) && p.TryGetProperty("expirationMs", out var e) ? e.ToString() : null).Single(e => e is not null),
            Is.EqualTo($"{7L * 24 * 60 * 60 * 1000}"));
    }
}
