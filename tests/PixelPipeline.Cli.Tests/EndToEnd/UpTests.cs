using System.Globalization;
using System.Net;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

[Parallelizable(ParallelScope.Self)]
internal sealed class UpTests
{
    private TempFolder _data = null!;

    private static string Today => DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    [SetUp]
    public void MakeDataFolder() => _data = new TempFolder();

    [TearDown]
    public void RemoveDataFolder() => _data.Dispose();

    [Test]
    public async Task Hit_AtThePathOfTheEnvironment_BecomesARow()
    {
        using var pipeline = await RunningPipeline.StartAsync(_data.Path, ("Pixel__PixelPath", "/t.png"));
        using var answer = await pipeline.Http.GetAsync(new Uri(pipeline.Pixel, "/t.png?user_id=alice&type=click"));
        using var other = await pipeline.Http.GetAsync(pipeline.Pixel);

        Assert.That((answer.StatusCode, other.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
        Assert.That(pipeline.Process.Output, Does.Contain("/t.png?user_id="));
        await pipeline.RowsAsync($"pixel_alice_{Today}", 1);
    }

    [Test]
    public async Task Column_AddedWhileHitsFlow_IsFilledInEveryTableAndRejectsNone()
    {
        var schema = Path.Combine(_data.Path, "schema.json");
        File.Copy(Path.Combine(Repository.Root, "deploy", "schema.json"), schema);
        using (var before = await RunningPipeline.StartAsync(_data.Path, RunningPipeline.DefaultLayout, "--schema", schema))
        {
            await before.HitAsync("user_id=alice&type=click&campaign=spring");
            await before.RowsAsync($"pixel_alice_{Today}", 1);
            before.Process.Signal(PixelProcess.SigInt);
            await before.Process.ExitAsync();
        }

        var text = await File.ReadAllTextAsync(schema);
        await File.WriteAllTextAsync(schema, text.TrimEnd().TrimEnd(']').TrimEnd() + ",\n  { \"name\": \"campaign\", \"type\": \"STRING\" }\n]\n");
        using var pipeline = await RunningPipeline.StartAsync(_data.Path, RunningPipeline.DefaultLayout, "--schema", schema);
        await pipeline.HitAsync("user_id=alice&type=click&campaign=spring"); // its table is of before
        await pipeline.HitAsync("user_id=bob&type=click&campaign=spring");

        foreach (var (table, count) in new[] { ("all_pixel", 3), ($"pixel_alice_{Today}", 2), ($"pixel_bob_{Today}", 1) })
        {
            var rows = await pipeline.RowsAsync(table, count);
            Assert.That(rows.Select(r => r["campaign"]).Count(c => c is "spring"), Is.EqualTo(table == $"pixel_bob_{Today}" ? 1 : count - 1), table);
        }

        Assert.That(await pipeline.RowsAsync("rejected_pixel"), Is.Empty);
    }

    [Test]
    public async Task Up_OverTablesOfAnotherLayout_IsRefusedWithBothNames()
    {
        var other = await SharedPipeline.GetAsync();
        var (exitCode, _, errors) = await PixelProcess.RunAsync(
            "up", "--data", _data.Path, "--port", Free(), "--function-port", Free(), "--bigquery", other.BigQueryHost, "--layout", "partitioned");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("has both").And.Contain("--layout or Pixel__Layout says partitioned").And.Contain("pixel migrate"));
    }

    [Test]
    public async Task Hits_InThePartitionedLayout_AreInOneTable()
    {
        using var pipeline = await RunningPipeline.StartAsync(_data.Path, "--layout", "partitioned");
        await pipeline.HitAsync("user_id=Alice&type=click");
        await pipeline.HitAsync("user_id=bob&type=click");

        var rows = await pipeline.RowsAsync("pixel", 2);
        Assert.That(rows.Select(r => r["user_id"]), Is.EquivalentTo(new[] { "Alice", "bob" }));
        var table = (await pipeline.BigQuery.GetTableAsync("pixels", "pixel")).Resource;
        Assert.That((table.TimePartitioning?.Field, string.Join(',', table.Clustering?.Fields ?? [])), Is.EqualTo(("event_time", "user_id,type")));
    }

    [Test]
    public async Task Hits_WithoutAFunction_AreRowsAndWhatTheTransformRefusesIsARejectionOnceAFunctionRuns()
    {
        using (var direct = await RunningPipeline.StartAsync(_data.Path, "--mode", "direct", RunningPipeline.DefaultLayout))
        {
            await direct.HitAsync("user_id=Alice&type=click");
            await direct.HitAsync("type=click"); // no user
            var row = (await direct.RowsAsync("pixel", 1)).Single();
            Assert.That((row["user_id"], row["type"], ((string)row["event_id"]).Length), Is.EqualTo(("Alice", "click", 32)));
            Assert.That(await direct.TablesAsync(), Has.None.StartsWith("pixel_"));
            await Eventually.IsTrueAsync(() => Directory.GetFiles(_data.Path, "*.jsonl", SearchOption.AllDirectories).Any(f => f.Contains("dead-letters", StringComparison.Ordinal)), "a dead letter");
            direct.Process.Signal(PixelProcess.SigTerm);
            Assert.That(await direct.Process.ExitAsync(), Is.Zero, direct.Process.Errors);
        }

        using var function = await RunningPipeline.StartAsync(_data.Path, RunningPipeline.DefaultLayout);
        Assert.That((await PixelProcess.RunAsync("dead-letters", "--redeliver", "--data", _data.Path)).ExitCode, Is.Zero);
        var rejected = (await function.RowsAsync("rejected_pixel", 1)).Single();
        Assert.That((rejected["reason"], rejected["column"]), Is.EqualTo(("missing_required", "user_id")));
    }

    [TestCase("--layout", "both")]
    [TestCase("--layout", "template")]
    public async Task Up_WithoutAFunctionInALayoutOfManyTables_IsRefused(params string[] layout)
    {
        var (exitCode, _, errors) = await InProcess.RunAsync(["up", "--mode", "direct", .. layout]);
        Assert.That((exitCode, errors), Is.EqualTo((2, "--mode direct writes one table: leave --layout out, or make it partitioned. See `pixel up --help`.")));
    }

    [Test]
    public async Task Hits_ThatAreNoEvents_AreToldOnTheTerminalAndByRows()
    {
        using var pipeline = await RunningPipeline.StartAsync(_data.Path);
        await pipeline.HitAsync("user=alice"); // misspelt
        using (var bare = await pipeline.Http.GetAsync(pipeline.Pixel))
        {
            bare.EnsureSuccessStatusCode();
        }

        await Eventually.IsTrueAsync(() => pipeline.Process.Errors.Contains("rejected (missing_required user_id 1)", StringComparison.Ordinal), "the rejection is told");
        await Eventually.IsTrueAsync(() => pipeline.Process.Errors.Contains("1 ignored (no_attributes 1)", StringComparison.Ordinal), "what is ignored is told");
        var rows = await InProcess.RunAsync("rows", "--bigquery", pipeline.BigQueryHost, "--data", _data.Path);
        Assert.That(rows, Is.EqualTo((0, "", "No rows yet.\nIn the last 10 minutes: 1 ignored; 1 rejected, see `pixel rejected`.")));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "It has no SIGKILL.")]
    public async Task Up_KilledByItself_LeavesNoFunctionBehind()
    {
        using var pipeline = await RunningPipeline.StartAsync(_data.Path);
        int[] functions = [.. new[] { "function.pid", "collector.pid" }.Select(f => int.Parse(File.ReadAllText(Path.Combine(_data.Path, f)).Split(' ')[0], CultureInfo.InvariantCulture))];
        Assert.That(functions, Has.All.Matches<int>(IsRunning));

        pipeline.Process.Signal(PixelProcess.SigKill);
        await Eventually.IsTrueAsync(() => !functions.Any(IsRunning), "its functions have ended");
    }

    [TestCase(PixelProcess.SigInt)]
    [TestCase(PixelProcess.SigTerm)]
    public async Task Signal_WhileHitsAreUnderWay_EndsWithAllRowsThere(int signal)
    {
        var hits = 0;
        using (var pipeline = await RunningPipeline.StartAsync(_data.Path))
        {
            for (; hits < 200; hits++)
            {
                await pipeline.HitAsync($"user_id=alice&order_id={hits}");
            }

            pipeline.Process.Signal(signal);
            Assert.That(await pipeline.Process.ExitAsync(), Is.Zero, pipeline.Process.Errors);
        }

        using var again = await RunningPipeline.StartAsync(_data.Path);
        var orders = (await again.RowsAsync($"pixel_alice_{Today}", hits)).Select(r => (string)r["order_id"]);
        Assert.That(orders, Is.EquivalentTo(Enumerable.Range(0, hits).Select(i => i.ToString(CultureInfo.InvariantCulture))));
    }

    [Test]
    public async Task SecondSignal_WhileHitsCannotBeDelivered_EndsAtOnceAndTheNextRunDeliversThem()
    {
        var port = Free();
        string[] bigQuery = ["bigquery", "--data", Path.Combine(_data.Path, "bigquery"), "--bigquery-port", port];
        string[] elsewhere = ["--bigquery", $"127.0.0.1:{port}"];
        using (var first = PixelProcess.Start(bigQuery))
        {
            await first.WaitForOutputAsync("Ctrl-C stops it.");
            using var pipeline = await RunningPipeline.StartAsync(Path.Combine(_data.Path, "up"), elsewhere);
            first.KillTree();
            await pipeline.HitAsync("user_id=alice&type=click");
            pipeline.Process.Signal(PixelProcess.SigInt);
            await pipeline.Process.WaitForOutputAsync("Stopping");
            pipeline.Process.Signal(PixelProcess.SigInt);
            Assert.That(await pipeline.Process.ExitAsync(), Is.EqualTo(130));
            Assert.That(pipeline.Process.Output.Split('\n')[^1], Does.StartWith("Stopping"), "nothing came of the delivery that it would still try");
        }

        using var second = PixelProcess.Start(bigQuery);
        await second.WaitForOutputAsync("Ctrl-C stops it.");
        using var again = await RunningPipeline.StartAsync(Path.Combine(_data.Path, "up"), elsewhere);
        using var client = PixelPipeline.GoogleCloud.BigQuery.BigQueryEndpoint.CreateClient("local", $"127.0.0.1:{port}");
        await Eventually.IsTrueAsync(async () => await CountAsync(client, $"pixel_alice_{Today}") == 1, "the row of the first run's hit");
    }

    [Test]
    public async Task DataFolder_InUse_IsToldWithItsFlag()
    {
        await SharedPipeline.GetAsync();
        await FailsAsync("--data", "in use", "up", "--data", SharedPipeline.Data, "--port", Free(), "--function-port", Free(), "--bigquery-port", Free());
    }

    [TestCase("--port")]
    [TestCase("--function-port")]
    [TestCase("--bigquery-port")]
    public async Task Port_InUse_IsToldWithItsFlag(string flag)
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        string[] ports = [.. new[] { "--port", "--function-port", "--bigquery-port" }.SelectMany(f => new[] { f, f == flag ? port : Free() })];

        await FailsAsync(flag, "in use", ["up", "--data", _data.Path, .. ports]);
    }

    [Test]
    public async Task DataFolder_ThatIsAFile_IsToldWithItsFlag()
    {
        var file = Path.Combine(_data.Path, "file");
        await File.WriteAllTextAsync(file, "");
        var (exitCode, _, errors) = await InProcess.RunAsync("up", "--data", file);
        Assert.That((exitCode, errors), Is.EqualTo((2, $"--data {file} cannot be used: it is a file. Name a folder. See `pixel up --help`.")));
    }

    [Test]
    public async Task Schema_WithAnError_IsToldWithItsLine()
    {
        var schema = Path.Combine(_data.Path, "schema.json");
        await File.WriteAllTextAsync(schema, "[\n  { \"name\": \"event_id\", \"type\": \"STRNG\" }\n]");
        Fails($"--schema {schema}", "line 2", await InProcess.RunAsync("up", "--data", _data.Path, "--schema", schema));
    }

    [TestCase("--transformations")]
    [TestCase(null)] // beside the schema
    public async Task Transformations_WithoutAComma_AreToldWithTheLineThatLacksIt(string? option)
    {
        var schema = Path.Combine(_data.Path, "schema.json");
        var file = Path.Combine(_data.Path, "transformations.json");
        File.Copy(Path.Combine(Repository.Root, "deploy", "schema.json"), schema);
        await File.WriteAllTextAsync(file, """
            [
              { "constant": "type", "value": "reading" }

              { "rename": "user", "to": "user_id" }
            ]
            """);
        string[] more = option is null ? ["--schema", schema] : [option, file];
        Fails(option is null ? $"{file} (beside the schema)" : $"{option} {file}", "line 2: a comma is missing", await InProcess.RunAsync(["up", "--data", _data.Path, .. more]));
    }

    [Test]
    public async Task TableSuffix_OfTheEnvironmentThatIsNone_IsToldWithItsFlag()
    {
        string[] up = ["up", "--data", _data.Path, "--port", Free(), "--function-port", Free(), "--bigquery-port", Free()];
        Fails("--table-suffix", "nonsense", await PixelProcess.RunAsync(("Pixel__TableSuffix", "nonsense"), up));
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task<int> CountAsync(Google.Cloud.BigQuery.V2.BigQueryClient client, string table)
    {
        try
        {
            return await client.ListRowsAsync("pixels", table).CountAsync();
        }
        catch (Google.GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return 0;
        }
    }

    private static string Free() => FreePort.Take().ToString(CultureInfo.InvariantCulture);

    private static async Task FailsAsync(string names, string says, params string[] arguments) => Fails(names, says, await InProcess.RunAsync(arguments));

    private static void Fails(string names, string says, (int ExitCode, string Output, string Errors) result)
    {
        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Errors.Split('\n'), Has.Length.EqualTo(1), result.Errors);
            Assert.That(result.Errors, Does.Contain(names).IgnoreCase.And.Contain(says));
        });
    }
}
