using System.Globalization;
using System.Net;
using System.Text;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>What becomes of hits and requests, at the pipeline that all share.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class HitTests
{
    private static string Today => DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    [Test]
    public async Task Hit_WhenUp_BecomesARowOfItsUsersTable()
    {
        var pipeline = await SharedPipeline.GetAsync();
        await pipeline.HitAsync("user_id=507f1f77bcf86cd799439011&order_id=507f191e810c19729de860ea&type=click");

        var row = (await pipeline.RowsAsync($"pixel_507f1f77bcf86cd799439011_{Today}", 1)).Single();
        Assert.Multiple(() =>
        {
            Assert.That(row["user_id"], Is.EqualTo("507f1f77bcf86cd799439011"));
            Assert.That(row["order_id"], Is.EqualTo("507f191e810c19729de860ea"));
            Assert.That(row["type"], Is.EqualTo("click"));
            Assert.That(row["event_time"], Is.EqualTo(DateTime.UtcNow).Within(TimeSpan.FromMinutes(1)));
        });
    }

    [Test]
    public async Task Hit_InTheDefaultLayout_IsInItsOwnTableAndInThatOfAllEvents()
    {
        var pipeline = await SharedPipeline.GetAsync();
        await pipeline.HitAsync("user_id=dave&type=click");

        var own = (await pipeline.RowsAsync($"pixel_dave_{Today}", 1)).Single();
        var all = (await pipeline.RowsOfAsync("dave", "all_pixel", 1)).Single();
        Assert.That(own["event_id"], Is.EqualTo(all["event_id"]));
        Assert.That(await pipeline.RowsAsync("pixel"), Is.Empty, "a template has no rows");
        Assert.That((await pipeline.BigQuery.GetTableAsync("pixels", "pixel")).Resource.Labels["pixel_layout"], Is.EqualTo("both"));
    }

    [Test]
    public async Task Hits_OfUsersThatDifferByCase_AreInTwoTables()
    {
        var pipeline = await SharedPipeline.GetAsync();
        await pipeline.HitAsync("user_id=Alice&type=click");
        await pipeline.HitAsync("user_id=alice&type=open");

        Assert.That((await pipeline.RowsAsync($"pixel_Alice_{Today}", 1)).Single()["type"], Is.EqualTo("click"));
        Assert.That((await pipeline.RowsAsync($"pixel_alice_{Today}", 1)).Single()["type"], Is.EqualTo("open"));
    }

    [Test]
    public async Task Hit_WithoutASecretNamed_HasAVisitorOfTheDataFoldersAndSoHasItsImport()
    {
        var pipeline = await SharedPipeline.GetAsync();
        await pipeline.HitAsync("user_id=erin&type=click");
        var visitor = (string)(await pipeline.RowsAsync($"pixel_erin_{Today}", 1)).Single()["visitor"];
        Assert.That(visitor, Does.Match("^[0-9a-f]{16}$"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(Path.Combine(SharedPipeline.Data, "visitor-secret")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        var logged = Directory.GetFiles(Path.Combine(SharedPipeline.Data, "access-log")).SelectMany(ReadShared).Where(l => l.Contains("user_id=erin", StringComparison.Ordinal));
        using var folder = new TempFolder();
        var log = Path.Combine(folder.Path, "again.log");
        await File.WriteAllLinesAsync(log, logged.Select(l => l.Replace("erin", "frank", StringComparison.Ordinal)));
        var import = await InProcess.RunAsync("import", log, "--bigquery", pipeline.BigQueryHost, "--data", SharedPipeline.Data, "--stream");
        Assert.That(import.ExitCode, Is.Zero, import.Errors);
        Assert.That((await pipeline.RowsAsync($"pixel_frank_{Today}", 1)).Single()["visitor"], Is.EqualTo(visitor));

        var (_, table, errors) = await PixelProcess.RunAsync("rows", "--bigquery", pipeline.BigQueryHost, "--data", SharedPipeline.Data);
        Assert.That(table, Does.Contain("visitor").And.Not.Contains("utm_source"));
        Assert.That(errors, Does.Contain("columns without a value left out; --format json has all."));
    }

    [Test]
    public async Task Hit_WithoutUser_IsKeptAmongTheRejected()
    {
        var pipeline = await SharedPipeline.GetAsync();
        await pipeline.HitAsync("type=click&order_id=of-nobody");

        List<BigQueryRow> kept = [];
        await Eventually.IsTrueAsync(
            async () => (kept = (await pipeline.RowsAsync("rejected_pixel")).FindAll(r => Encoding.UTF8.GetString((byte[])r["entry"]).Contains("of-nobody", StringComparison.Ordinal))).Count > 0, "the rejected entry");
        Assert.That(kept.Select(r => (r["reason"], r["column"])), Is.EqualTo(new[] { ("missing_required", "user_id") }));
    }

    [TestCase("Host", "evil.example.com")]
    [TestCase("Origin", "https://evil.example.com")]
    public async Task Request_ThatIsNotLocal_IsRefused(string header, string value)
    {
        var pipeline = await SharedPipeline.GetAsync();
        foreach (var address in new[] { pipeline.Pixel, new Uri($"http://{pipeline.BigQueryHost}/bigquery/v2/projects/local/datasets") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await pipeline.Http.SendAsync(request);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }
    }

    private static IEnumerable<string> ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
