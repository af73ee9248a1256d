using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>Access logs into a running pipeline, as an operator does it.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ImportTests
{
    private readonly TempFolder _data = new();
    private RunningPipeline _pipeline = null!; // with tables for each user and day; each test has a user of its own
    private RunningPipeline _partitioned = null!; // with one table; likewise

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _pipeline = await RunningPipeline.StartAsync(Path.Combine(_data.Path, "template"));
        _partitioned = await RunningPipeline.StartAsync(Path.Combine(_data.Path, "partitioned"), "--layout", "partitioned");
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _pipeline?.Dispose();
        _partitioned?.Dispose();
        _data.Dispose();
    }

    [Test]
    public async Task Import_Twice_LeavesTheSameEvents()
    {
        using var folder = new TempFolder();
        var log = WriteLog(folder.Path, 2_000, "twice");
        await ImportAsync(_pipeline, folder.Path, log);
        var first = await EventIdsAsync(_pipeline, "twice");
        await ImportAsync(_pipeline, folder.Path, log);
        Assert.That(first, Has.Count.EqualTo(2_000));
        Assert.That(await EventIdsAsync(_pipeline, "twice"), Is.EquivalentTo(first));
    }

    [Test]
    public async Task Import_KilledAndResumed_LeavesTheSameEvents()
    {
        using var folder = new TempFolder();
        var log = WriteLog(folder.Path, 30_000, "killed");
        await KillWhenAsync(Arguments(_pipeline, folder.Path, log), () => _pipeline.HasRowsAsync("pixel_killed_20261120"));
        await ImportAsync(_pipeline, folder.Path, log, "--resume");
        Assert.That(await EventIdsAsync(_pipeline, "killed"), Has.Count.EqualTo(30_000));
        Assert.That(Directory.Exists(Path.Combine(folder.Path, "imports")) ? Directory.GetFiles(Path.Combine(folder.Path, "imports"), "*.json") : [], Is.Empty);
    }

    [Test]
    public async Task Import_PartitionedTwice_LoadsEachRowOnce()
    {
        using var folder = new TempFolder();
        var log = WriteLog(folder.Path, 20_000, "twice");
        await File.AppendAllLinesAsync(log, [(await File.ReadAllLinesAsync(log))[0].Replace("user_id=twice", "user_id=", StringComparison.Ordinal)]);
        await ImportAsync(_partitioned, folder.Path, log, "--layout", "partitioned");
        var (exitCode, _, errors) = await InProcess.RunAsync(Arguments(_partitioned, folder.Path, log, "--layout", "partitioned"));
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(errors, Does.Contain("20,000 rows were loaded by an earlier import"));
        Assert.That(await CountAsync(_partitioned, "twice"), Is.EqualTo(20_000)); // as they stand, not de-duplicated
        Assert.That((await _partitioned.RowsAsync("rejected_pixel")).Select(r => r["reason"]).Distinct(), Is.EqualTo(new[] { "missing_required" }));
    }

    [Test]
    public async Task Import_PartitionedKilledAndResumed_LoadsEachRowOnce()
    {
        const int lines = 300_000; // 144 MB of rows: two jobs
        using var folder = new TempFolder();
        var log = WriteLog(folder.Path, lines, "killed", padding: 300);
        string[] resume = ["--layout", "partitioned", "--resume"];
        var state = Path.Combine(folder.Path, "imports");
        await KillWhenAsync(Arguments(_partitioned, folder.Path, log, resume), () => Task.FromResult(Directory.Exists(state) && Directory.GetFiles(state, "*.json").Length > 0));
        await KillWhenAsync(Arguments(_partitioned, folder.Path, log, resume), async () => await CountAsync(_partitioned, "killed") > 0);
        var (exitCode, _, errors) = await PixelProcess.RunAsync(Arguments(_partitioned, folder.Path, log, resume));
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(await CountAsync(_partitioned, "killed"), Is.EqualTo(lines));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There are no such signals there.")]
    public async Task Import_EndedBeforeItsFirstPart_SaysThatItBeginsAnew()
    {
        using var folder = new TempFolder();
        var log = WriteLog(folder.Path, 300_000, "ended", padding: 300);
        var state = Path.Combine(folder.Path, "imports");
        using var import = PixelProcess.Start(Arguments(_partitioned, folder.Path, log, "--layout", "partitioned"));
        await Eventually.IsTrueAsync(() => import.HasExited || (Directory.Exists(state) && Directory.GetFiles(state, "*.json").Length > 0), "the import has begun");
        import.Signal(PixelProcess.SigInt);
        Assert.That(await import.ExitAsync(), Is.EqualTo(130));
        Assert.That(import.Errors, Does.Contain("before its first part was committed"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There are no such signals there.")]
    public async Task Import_PipelineStops_SaysThatItWaitsAndEndsWhenAsked()
    {
        using var folder = new TempFolder();
        using var pipeline = await RunningPipeline.StartAsync(folder.Path, "--layout", "template");
        var log = WriteLog(folder.Path, 300_000);
        using var import = PixelProcess.Start(Arguments(pipeline, folder.Path, log));
        await Eventually.IsTrueAsync(() => pipeline.HasRowsAsync("pixel_alice_20261120"), "the import has begun");

        pipeline.Process.Signal(PixelProcess.SigTerm);
        Assert.That(await pipeline.Process.ExitAsync(), Is.Zero, pipeline.Process.Errors);
        await Eventually.IsTrueAsync(() => import.Errors.Contains("waiting for BigQuery for", StringComparison.Ordinal), "it says what it waits for");
        import.Signal(PixelProcess.SigInt);
        Assert.That(await import.ExitAsync(), Is.EqualTo(130));
        Assert.That(import.Errors.Split('\n')[^1], Does.StartWith("The import is broken off"));
        Assert.That(import.Errors.Split('\n'), Has.None.StartsWith("   at "), "no stack trace");
    }

    [TestCase("--to", "bigquery", "--project PROJECT")]
    [TestCase("--to", "local", "--project", "p", "leave one of them out")]
    public async Task Import_TargetThatContradicts_SaysWhichOption(params string[] more)
    {
        using var folder = new TempFolder();
        var (exitCode, _, errors) = await InProcess.RunAsync(["import", WriteLog(folder.Path, 1), .. more[..^1]]);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.Contain(more[^1]));
    }

    [Test]
    public async Task Import_EntryThatWentLive_IsOneEvent()
    {
        using var folder = new TempFolder();
        await DeliverAsync(_pipeline, Encoding.UTF8.GetBytes(EntryOf("live")));
        await _pipeline.RowsAsync("pixel_live_20261120", 1);
        var log = Path.Combine(folder.Path, "entries.log");
        await File.WriteAllTextAsync(log, EntryOf("live") + "\n");
        await ImportAsync(_pipeline, folder.Path, log);
        Assert.That(await EventIdsAsync(_pipeline, "live"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Import_DryRun_ShowsOutcomesAndWritesNothing()
    {
        using var folder = new TempFolder();
        var log = WriteLog(folder.Path, 10);
        await File.AppendAllTextAsync(log, "junk\n");
        var (exitCode, output, errors) = await InProcess.RunAsync(
            "import", log, "--dry-run", "--format", "csv", "--data", folder.Path, "--bigquery", $"127.0.0.1:{FreePort.Take()}");
        Assert.That((exitCode, output), Is.EqualTo((0, "outcome,reason,table,lines\nwritten,,pixel_alice_20261120,10\nunreadable,,,1")));
        Assert.That(errors, Does.Contain($"{log}:11: fields_missing"));
    }

    [Test]
    public async Task Import_LogWithoutAnyQuery_NamesWhatStripsThem()
    {
        using var folder = new TempFolder();
        var log = Path.Combine(folder.Path, "access.log");
        await File.WriteAllTextAsync(log, "1795173148.408    269 203.0.113.7 TCP_MISS/200 242 GET http://localhost/pixel.png? - FIRSTUP_PARENT/127.0.0.1 image/png\n");
        var (exitCode, _, errors) = await InProcess.RunAsync("import", log, "--dry-run");
        Assert.That((exitCode, errors), Is.EqualTo((0, "All 1 hits of the pixel came without a query. Squid, for one, strips it from its logs unless strip_query_terms off is set.")));
    }

    [Test]
    public async Task Import_ColumnThatTheTablesLack_AddsItAndFillsIt()
    {
        using var folder = new TempFolder();
        var schema = Path.Combine(folder.Path, "schema.json");
        var shipped = Encoding.UTF8.GetString(ShippedFile.Read("deploy/schema.json"));
        await File.WriteAllTextAsync(schema, shipped.Replace("\"order_id\"", "\"campaign\"", StringComparison.Ordinal));
        var log = Path.Combine(folder.Path, "entries.log");
        await File.WriteAllTextAsync(log, EntryOf("column").Replace("&type=", "&campaign=x&type=", StringComparison.Ordinal) + "\n");
        var (exitCode, output, errors) = await InProcess.RunAsync(Arguments(_pipeline, folder.Path, log, "--schema", schema, "--format", "csv"));
        Assert.That((exitCode, output), Is.EqualTo((0, "outcome,reason,table,lines\nwritten,,pixel_column_20261120,1")), errors);
        Assert.That((await _pipeline.RowsAsync("pixel_column_20261120", 1)).Single()["campaign"], Is.EqualTo("x"));
    }

    [Test]
    public async Task Replay_EntriesOfTheLake_WritesWhatIsMissingOnce()
    {
        using var folder = new TempFolder();
        var lake = Directory.CreateDirectory(Path.Combine(folder.Path, "old-lake"));
        await File.WriteAllTextAsync(Path.Combine(lake.FullName, "a.jsonl"), EntryOf("lake") + "\n" + EntryOf("lake").Replace("of-lake-1", "of-lake-2", StringComparison.Ordinal) + "\n" + EntryOf("lake") + "\n");
        await DeliverAsync(_pipeline, Encoding.UTF8.GetBytes(EntryOf("lake")));
        await _pipeline.RowsAsync("pixel_lake_20261120", 1);
        string[] replay = ["replay", "--lake", lake.FullName, "--bigquery", _pipeline.BigQueryHost, "--format", "csv"];
        var first = await PixelProcess.RunAsync(replay);
        await _pipeline.RowsAsync("pixel_lake_20261120", 2);
        var second = await InProcess.RunAsync(replay);
        Assert.That((first.ExitCode, first.Output), Is.EqualTo((0, "day,outcome,reason,entries,stored,to_write\n2026-11-20,written,,3,2,1")), first.Errors);
        Assert.That((second.ExitCode, second.Output), Is.EqualTo((0, "day,outcome,reason,entries,stored,to_write\n2026-11-20,written,,3,3,0")), second.Errors);
        Assert.That(await _pipeline.RowsAsync("pixel_lake_20261120"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Replay_DryRunIntoAFreshDataset_ShowsTheDifferenceAndMakesNothing()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "a.jsonl"), EntryOf("dry") + "\n");
        var (exitCode, output, errors) = await InProcess.RunAsync(
            "replay", "--lake", Path.Combine(folder.Path, "a.jsonl"), "--bigquery", _pipeline.BigQueryHost, "--dataset", "fresh", "--dry-run", "--format", "csv");
        Assert.That((exitCode, output), Is.EqualTo((0, "day,outcome,reason,entries,stored,to_write\n2026-11-20,written,,1,0,1")), errors);
        Assert.That(await _pipeline.BigQuery.ListDatasetsAsync().Select(d => d.Reference.DatasetId).ToListAsync(), Is.EqualTo(new[] { "pixels" }));
    }

    private static string EntryOf(string user) =>
        $$$"""{"insertId":"of-{{{user}}}-1","timestamp":"2026-11-20T11:12:28.408747Z","httpRequest":{"requestMethod":"GET","requestUrl":"https://t.example.com/pixel.png?user_id={{{user}}}&type=click"}}""";

    private static async Task DeliverAsync(RunningPipeline pipeline, byte[] entry)
    {
        using var content = JsonContent.Create(new { message = new { data = Convert.ToBase64String(entry), messageId = "1" }, subscription = "projects/local/subscriptions/test" });
        content.Headers.ContentType!.CharSet = null; // a raw push is application/json exactly
        using var answer = await pipeline.Http.PostAsync(pipeline.Function, content);
        answer.EnsureSuccessStatusCode();
    }

    private static string WriteLog(string folder, int lines, string user = "alice", int padding = 0)
    {
        var path = Path.Combine(folder, "elb.log");
        File.WriteAllLines(path, Enumerable.Range(0, lines).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"2026-11-20T{i / 3600 % 24:00}:{i / 60 % 60:00}:{i % 60:00}.000001Z lb 203.0.113.7:1 10.0.0.1:80 0 0 0 200 200 0 43 \"GET https://t.example.com:443/pixel.png?user_id={user}&order_id={i} HTTP/1.1\" \"agent{new string('x', padding)}\" - -")));
        return path;
    }

    private static async Task KillWhenAsync(string[] arguments, Func<Task<bool>> isDue)
    {
        using var import = PixelProcess.Start(arguments);
        await Eventually.IsTrueAsync(async () => import.HasExited || await isDue(), "the import gets on");
        import.KillTree();
    }

    private static async Task<long> CountAsync(RunningPipeline pipeline, string user) =>
        (long)(await pipeline.BigQuery.ExecuteQueryAsync($"SELECT COUNT(*) AS n FROM pixels.pixel WHERE user_id = '{user}'", parameters: null)).Single()["n"];

    private static string[] Arguments(RunningPipeline pipeline, string data, string log, params string[] more) =>
        ["import", log, "--bigquery", pipeline.BigQueryHost, "--data", data, .. more];

    private static async Task ImportAsync(RunningPipeline pipeline, string data, string log, params string[] more)
    {
        var (exitCode, _, errors) = await InProcess.RunAsync(Arguments(pipeline, data, log, more));
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(errors.Split('\n'), Is.All.Empty.Or.All.Contain(" lines read, "), "how far it is, if anything");
    }

    /// <summary>The events of the day after de-duplication.</summary>
    private static async Task<List<string>> EventIdsAsync(RunningPipeline pipeline, string user) =>
        [.. (await pipeline.RowsAsync($"pixel_{user}_20261120")).Select(r => (string)r["event_id"]).Distinct()];
}
