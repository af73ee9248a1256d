using System.Globalization;
using System.Text;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Tests.Support;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>A user who is to be forgotten, everywhere at once.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class ForgetTests
{
    private const string User = "507f1f77bcf86cd799439011";
    private const int Days = 40;
    private const int BobsDays = 5;

    private TempFolder _folder = null!;

    private string Data => Path.Combine(_folder.Path, "data");

    private string DatabaseFolder => Path.Combine(_folder.Path, "bigquery");

    private string Log => Path.Combine(_folder.Path, "logs", "access.log");

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    [Platform(Exclude = "Win", Reason = "There are no such signals there.")]
    public async Task Forget_KilledAndRunAgain_LeavesNoByteOfTheUserAndAllOfOthers()
    {
        WriteLog();
        var copy = Path.Combine(_folder.Path, "..", Path.GetFileName(_folder.Path) + "-backup.log");
        File.Copy(Log, copy);
        try
        {
            var port = FreePort.Take().ToString(CultureInfo.InvariantCulture);
            var host = $"127.0.0.1:{port}";
            using var database = PixelProcess.Start("bigquery", "--bigquery-port", port, "--data", DatabaseFolder, "--streaming-buffer", "15s");
            await database.WaitForOutputAsync("Ctrl-C stops it.");
            using var client = BigQueryEndpoint.CreateClient("local", host);
            await SucceedAsync("import", Log, "--bigquery", host, "--data", Data, "--user-tables");
            await LeaveALakeAsync(host, client);
            using var pipeline = await RunningPipeline.StartAsync(Data, RunningPipeline.DefaultLayout, "--bigquery", host);
            var letter = LeaveADeadLetter();
            await HitAsync(pipeline, client, before: Days + BobsDays + 2, rejectedBefore: 1);

            string[] forget = ["forget", User, "--bigquery", host, "--data", Data, "--files", Log];
            var dry = await SucceedAsync([.. forget, "--dry-run", "--format", "csv"]);
            Assert.That(dry, Does.Contain($"tables pixel_… of this person alone,{Days + 2},").And.Contain($"table all_pixel,{Days + 2},").And.Contain("rejected entries (rejected_pixel),2,")
                .And.Contain("lake,2,").And.Contain("access log,2,").And.Contain("dead letters,1,").And.Contain($"file {Log},{Days},"));
            using (var killed = PixelProcess.Start([.. forget, "--wait"]))
            {
                await Eventually.IsTrueAsync(async () => (await TablesAsync(client)).TrueForAll(t => !t.Contains(User, StringComparison.Ordinal)), "no more tables of the user's");
                Assert.That(killed.HasExited, Is.False, "rows in the streaming buffer hold it up");
                killed.KillTree();
            }

            var (exitCode, proof, errors) = await PixelProcess.RunAsync([.. forget, "--wait"]);

            Assert.That(exitCode, Is.Zero, errors);
            Assert.That(FilesWith(User), Is.Empty);
            Assert.That(proof, Does.StartWith("ERASURE OF PERSONAL DATA").And.Not.Contain("NOT FINISHED").And.Not.Contain(User).And.Not.Contain("has the identifier"));
            Assert.That(proof, Does.Contain($"table all_pixel: {Days + 2} records found").And.Contain($"tables pixel_… of this person alone: {Days + 2} records found").And.Contain("rejected entries (rejected_pixel): 2 records found")
                .And.Contain("lake: 2 records found").And.Contain("access log: 2 records found").And.Contain("dead letters: 1 record found").And.Contain($"file {Log}: {Days} records found"));
            Assert.That(await UsersAsync(client), Is.EqualTo($"bob {BobsDays + 2}"), "the others' events");
            Assert.That(await File.ReadAllLinesAsync(Log), Has.Length.EqualTo(BobsDays).And.All.Contain("user_id=bob"));

            await AssertNobodyComesBackAsync(host, client, copy, letter);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [Test]
    public async Task Forget_NobodyWhoIsThere_FindsNothingAndSaysSo()
    {
        var pipeline = await SharedPipeline.GetAsync();
        await pipeline.HitAsync("user_id=kept&type=click");
        await pipeline.RowsOfAsync("kept", "all_pixel", 1);
        var proof = await SucceedAsync("forget", "nobody-who-came", "--bigquery", pipeline.BigQueryHost, "--data", SharedPipeline.Data);
        Assert.That(proof, Does.Contain("table all_pixel: nothing found").And.Contain("lake: nothing found"));
        await pipeline.RowsOfAsync("kept", "all_pixel", 1);
    }

    [Test]
    public async Task Forget_NoBigQuery_ChangesNothing()
    {
        WriteLog();
        var before = await File.ReadAllTextAsync(Log);
        var (exitCode, _, errors) = await InProcess.RunAsync("forget", User, "--bigquery", $"127.0.0.1:{FreePort.Take()}", "--data", Data, "--files", Log);
        Assert.That((exitCode, errors), Is.EqualTo((1, errors)));
        Assert.That(errors, Does.Contain("BigQuery does not answer"));
        Assert.That(await File.ReadAllTextAsync(Log), Is.EqualTo(before));
    }

    // An import, a replay and a redelivery, with what somebody kept elsewhere; then a hit, which is live.
    private async Task AssertNobodyComesBackAsync(string host, BigQueryClient client, string copy, (string Path, string Text) letter)
    {
        var import = await SucceedAsync("import", copy, "--bigquery", host, "--data", Data, "--stream", "--format", "csv");
        Assert.That(import, Does.Contain("forgotten").And.Contain($"{Days}"));

        var replay = (await SucceedAsync("replay", "--bigquery", host, "--data", Data, "--format", "csv")).Split('\n').Skip(1).Select(l => l.Trim().Split(',')).ToList();
        var lines = Directory.GetFiles(Data, "*.jsonl", SearchOption.AllDirectories).Where(f => f.Contains("lake", StringComparison.Ordinal) || f.Contains("access-log", StringComparison.Ordinal)).Sum(f => File.ReadAllLines(f).Length);
        Assert.That(replay.Where(r => r[2] == "forgotten").Sum(r => int.Parse(r[3], CultureInfo.InvariantCulture)), Is.EqualTo(4), "as ignored");
        Assert.That(replay.Sum(r => int.Parse(r[3], CultureInfo.InvariantCulture)), Is.EqualTo(lines), "written + ignored + rejected");

        await File.WriteAllTextAsync(letter.Path, letter.Text);
        Assert.That(await SucceedAsync("dead-letters", "--redeliver", "--data", Data), Does.Contain("0 messages are to be delivered again. 1 of users who were forgotten are removed."));
        Assert.That(await UsersAsync(client), Is.EqualTo($"bob {BobsDays + 2}"));
        Assert.That(FilesWith(User), Is.Empty);
    }

    // Two hits of each in segments that are closed, one of them rejected.
    private async Task LeaveALakeAsync(string host, BigQueryClient client)
    {
        using var earlier = await RunningPipeline.StartAsync(Data, RunningPipeline.DefaultLayout, "--bigquery", host);
        await HitAsync(earlier, client, before: Days + BobsDays, rejectedBefore: 0);
        earlier.Process.Signal(PixelProcess.SigTerm);
        await earlier.Process.ExitAsync();
    }

    private static async Task HitAsync(RunningPipeline pipeline, BigQueryClient client, int before, int rejectedBefore)
    {
        await pipeline.HitAsync($"user_id={User}&type=click");
        await pipeline.HitAsync($"user_id={User}&screen_width=wide");
        await pipeline.HitAsync("user_id=bob&type=click");
        await Eventually.IsTrueAsync(async () => await CountAsync(client, "all_pixel") == before + 2 && await CountAsync(client, "rejected_pixel") == rejectedBefore + 1, "the rows of these hits");
    }

    private (string Path, string Text) LeaveADeadLetter()
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Data, "dead-letters")).FullName, "176370462512300000042.jsonl");
        var text = $$"""{"position":{"segment":"20261120T111228408Z","offset":42},"messageId":"176370462512300000042","attempts":100,"lastStatus":"500","time":"{{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}","entry":{{Encoding.UTF8.GetString(Some.Hit($"user_id={User}"))}}}""" + "\n";
        File.WriteAllText(path, text);
        return (path, text);
    }

    private void WriteLog()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Log)!);
        var first = new DateTime(2026, 9, 1, 12, 0, 0, DateTimeKind.Utc);
        File.WriteAllLines(Log, Enumerable.Range(0, Days).SelectMany(day => ((string[])[User, "bob"]).Take(day < BobsDays ? 2 : 1).Select(user => string.Create(
            CultureInfo.InvariantCulture, $"203.0.113.7 - - [{first.AddDays(day):dd/MMM/yyyy:HH:mm:ss} +0000] \"GET /pixel.png?user_id={user}&type=view HTTP/1.1\" 200 43 \"-\" \"Mozilla/5.0\""))));
    }

    private static async Task<string> SucceedAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await InProcess.RunAsync(arguments);
        Assert.That(exitCode, Is.Zero, $"{string.Join(' ', arguments)}: {errors}");
        return output;
    }

    private static async Task<List<string>> TablesAsync(BigQueryClient client)
    {
        var tables = new List<string>();
        await foreach (var table in client.ListTablesAsync("pixels"))
        {
            tables.Add(table.Reference.TableId);
        }

        return tables;
    }

    private static async Task<int> CountAsync(BigQueryClient client, string table)
    {
        var rows = 0;
        await foreach (var _ in client.ListRowsAsync("pixels", table))
        {
            rows++;
        }

        return rows;
    }

    private static async Task<string> UsersAsync(BigQueryClient client)
    {
        var users = new List<string>();
        await foreach (var row in client.ListRowsAsync("pixels", "all_pixel"))
        {
            users.Add($"{row["event_id"]} {row["user_id"]}");
        }

        return string.Join(", ", users.Distinct().GroupBy(u => u.Split(' ')[1]).Select(g => $"{g.Key} {g.Count()}"));
    }

    private List<string> FilesWith(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != ".lock" && Holds(f, bytes))];
    }

    private static bool Holds(string path, byte[] text)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(text) >= 0;
    }
}
