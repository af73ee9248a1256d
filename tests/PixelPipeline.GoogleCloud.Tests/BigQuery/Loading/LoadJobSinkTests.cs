using System.Text;
using System.Text.Json;
using PixelPipeline.GoogleCloud.BigQuery.Loading;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery.Loading;

[Parallelizable(ParallelScope.All)]
public sealed class LoadJobSinkTests
{
    private const int JobBytes = 200_000;
    private const int Lines = 6_000;

    [Test]
    public async Task Import_Log_IsLoadedInSeveralJobs()
    {
        await using var bigQuery = new LoadServer();
        var (counts, _, rejected) = await ImportAsync(bigQuery, Log());
        Assert.That((counts.WrittenRows, counts.RejectedRows), Is.EqualTo((Lines - Lines / 100L, Lines / 100L)));
        Assert.That(bigQuery.Rows, Has.Count.EqualTo(counts.WrittenRows));
        Assert.That(bigQuery.Jobs, Has.Count.GreaterThan(2));
        Assert.That(rejected, Has.Count.EqualTo(counts.RejectedRows));
        Assert.That(bigQuery.Rows.Select(IdOf).Distinct().Count(), Is.EqualTo(counts.WrittenRows));
    }

    [Test]
    public async Task Import_Row_HasEachTypeAsBigQueryReadsIt()
    {
        await using var bigQuery = new LoadServer();
        await ImportAsync(bigQuery, Encoding.UTF8.GetBytes(Line("/pixel.png?user_id=a%22%5C%C3%A9&type=click")));
        var row = JsonSerializer.Deserialize<JsonElement>(bigQuery.Rows.Single());
        Assert.That(row.GetProperty("user_id").GetString(), Is.EqualTo("a\"\\é"));
        Assert.That(row.GetProperty("event_time").GetString(), Is.EqualTo("2026-11-20T11:12:28.408747Z"));
        Assert.That(row.TryGetProperty("order_id", out _), Is.False);
    }

    [Test]
    public async Task Import_SameFileAgain_LoadsNothingTwice()
    {
        await using var bigQuery = new LoadServer();
        await ImportAsync(bigQuery, Log());
        var (rows, jobs) = (bigQuery.Rows, bigQuery.Jobs);
        await ImportAsync(bigQuery, Log());
        Assert.That(bigQuery.Jobs, Is.EqualTo(jobs));
        Assert.That(bigQuery.Rows, Is.EqualTo(rows));
    }

    [Test]
    public async Task Import_JobRefused_GoesOnWhereItWas()
    {
        await using var bigQuery = new LoadServer { FailureOf = jobs => jobs == 2 ? "invalid" : null };
        ImportPosition position = default;
        Assert.ThrowsAsync<RowNotCommittedException>(() => ImportAsync(bigQuery, Log(), default, p => position = p));
        Assert.That(position.Offset, Is.GreaterThan(0));
        var (counts, _, _) = await ImportAsync(bigQuery, Log(), position);
        Assert.That(counts.WrittenRows, Is.LessThan(Lines));
        Assert.That(bigQuery.Rows, Has.Count.EqualTo(Lines - Lines / 100)); // each once
        Assert.That(bigQuery.Rows.Select(IdOf).Distinct().Count(), Is.EqualTo(Lines - Lines / 100));
    }

    private static string IdOf(string row) => JsonSerializer.Deserialize<JsonElement>(row).GetProperty("event_id").GetString()!;

    private static byte[] Log() => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(
        i => Line(i % 100 == 0 ? "/pixel.png?type=click" : $"/pixel.png?user_id=u{i}&type=click&pad={new string('x', 300)}"))));

    private static string Line(string url) => $"2026-11-20T11:12:28.408747Z lb 203.0.113.7:1 10.0.0.1:80 0 0 0 200 200 0 43 \"GET https://h:443{url} HTTP/1.1\" \"agent\" - -\n";

    private static async Task<(ImportCounts Counts, ImportPosition Position, List<ImportedEntry> Rejected)> ImportAsync(
        LoadServer bigQuery, byte[] log, ImportPosition start = default, Action<ImportPosition>? ended = null)
    {
        var rejected = new List<ImportedEntry>();
        using var meter = new PipelineMeter();
        var loader = new TableLoader(bigQuery.Client, "pixels", new TableName("pixel"), meter, new SkippingTime(), new RecordingLog<TableLoader>());
        using var sink = new LoadJobSink(loader, new EntryByEntry(Take), jobBytes: JobBytes);
        var file = new LogFile("elb.log", log.Length, () => new MemoryStream(log));
        using var importer = new Importer(Some.Processor(), [file], null, start, sink, _ => { }, (_, e) => throw e);
        try
        {
            await importer.RunAsync(CancellationToken.None);
        }
        finally
        {
            ended?.Invoke(importer.Position);
        }

        return (importer.Counts, importer.Position, rejected);

        ValueTask<EntryOutcome> Take(ImportedEntry entry, CancellationToken cancellationToken)
        {
            lock (rejected)
            {
                rejected.Add(entry);
            }

            return new(entry.Outcome);
        }
    }
}
