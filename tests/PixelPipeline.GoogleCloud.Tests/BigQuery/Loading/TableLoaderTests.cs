using System.IO.Compression;
using System.Security.Cryptography;
using PixelPipeline.GoogleCloud.BigQuery.Loading;
using PixelPipeline.GoogleCloud.Tests.ClientContract;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery.Loading;

[Parallelizable(ParallelScope.All)]
public sealed class TableLoaderTests
{
    private const string Row = """{"user_id":"a"}""";

    [Test]
    public async Task Load_Rows_StandInTheTableOnceTheJobIsDone()
    {
        await using var bigQuery = new LoadServer();
        await LoadAsync(bigQuery);

        var job = bigQuery.Server.Requests.First(r => r.Method == "POST").Json;
        Assert.That(bigQuery.Rows, Is.EqualTo(new[] { Row }));
        Assert.That(job.GetProperty("jobReference").GetProperty("location").GetString(), Is.EqualTo("EU")); // where the dataset is
        Assert.That(job.GetProperty("configuration").GetProperty("load").GetProperty("createDisposition").GetString(), Is.EqualTo("CREATE_NEVER"));
        Assert.That(bigQuery.Server.Requests[^1].Target, Does.Contain($"/jobs/{bigQuery.Jobs.Single()}"));
    }

    [Test]
    public async Task Load_SameJobAgain_LoadsNothing()
    {
        await using var bigQuery = new LoadServer();
        var isNew = (await LoadAsync(bigQuery), await LoadAsync(bigQuery));
        Assert.That(isNew, Is.EqualTo((true, false)));
        Assert.That(bigQuery.Rows, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Load_TableMadeAnew_LoadsAgain()
    {
        await using var bigQuery = new LoadServer();
        await LoadAsync(bigQuery);
        bigQuery.TableCreated++;
        Assert.That(await LoadAsync(bigQuery), Is.True);
    }

    [TestCase("backendError")]
    [TestCase("rateLimitExceeded")]
    public async Task Load_JobFailsForNow_IsRunAgainUnderAnotherId(string reason)
    {
        await using var bigQuery = new LoadServer { FailureOf = jobs => jobs == 0 ? reason : null };
        await LoadAsync(bigQuery);
        Assert.That(bigQuery.Jobs, Is.EqualTo(new[] { bigQuery.Jobs[0], bigQuery.Jobs[0] + "_1" }));
        Assert.That(bigQuery.Rows, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Load_JobFailsAgainAndAgain_GivesUp()
    {
        await using var bigQuery = new LoadServer { FailureOf = _ => "backendError" };
        Assert.ThrowsAsync<RowNotCommittedException>(() => LoadAsync(bigQuery));
        Assert.That(bigQuery.Jobs, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Load_RowsRefused_SaysWhichAndLoadsNothing()
    {
        await using var bigQuery = new LoadServer { FailureOf = _ => "invalid" };
        var error = Assert.ThrowsAsync<RowNotCommittedException>(() => LoadAsync(bigQuery))!;
        Assert.That(error.Message, Does.Contain(bigQuery.Jobs.Single()).And.Contain("said why said which"));
        Assert.That((bigQuery.Jobs.Count, bigQuery.Rows.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Load_RefusedAnEarlierTime_IsTriedAgain()
    {
        await using var bigQuery = new LoadServer { FailureOf = jobs => jobs == 0 ? "invalid" : null };
        Assert.ThrowsAsync<RowNotCommittedException>(() => LoadAsync(bigQuery));
        await LoadAsync(bigQuery); // the table was mended meanwhile
        Assert.That(bigQuery.Rows, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Load_AnswerLost_IsNotLoadedTwice()
    {
        var lost = 0;
        await using var bigQuery = new LoadServer { Afterwards = r => r.Method == "PUT" && Interlocked.Increment(ref lost) == 1 ? Answer.Error(400, "lost") : null };
        Assert.ThrowsAsync<RowNotCommittedException>(() => LoadAsync(bigQuery));
        await LoadAsync(bigQuery);
        Assert.That(bigQuery.Rows, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Load_ConnectionBreaks_IsTriedAgainWithTheSameId()
    {
        var broken = 0;
        await using var bigQuery = new LoadServer { Instead = r => r.Method == "POST" && Interlocked.Increment(ref broken) <= 2 ? Answer.Html(500) : null };
        await LoadAsync(bigQuery);
        Assert.That(bigQuery.Jobs, Has.Count.EqualTo(1));
    }

    [TestCase("GET", "/jobs/")] // while it waits for the job's end
    [TestCase("PUT", "/upload/")] // the job runs, and nobody hears of it
    public async Task Load_AnswerLostForNow_IsThisImportsOwnJob(string method, string path)
    {
        var lost = 0;
        await using var bigQuery = new LoadServer
        {
            Afterwards = r => r.Method == method && r.Target.Contains(path, StringComparison.Ordinal) && Interlocked.Increment(ref lost) == 1 ? Answer.Error(503, "backendError") : null,
        };
        Assert.That(await LoadAsync(bigQuery), Is.True);
        Assert.That((bigQuery.Rows.Count, bigQuery.Jobs.Count, lost > 0), Is.EqualTo((1, 1, true)));
    }

    [Test]
    public async Task Load_NoAccess_SaysSoAtOnce()
    {
        await using var bigQuery = new LoadServer { Instead = r => r.Method == "POST" ? Answer.Error(403, "accessDenied") : null };
        var error = Assert.ThrowsAsync<RowNotCommittedException>(() => LoadAsync(bigQuery))!;
        Assert.That(error.Message, Does.Contain("pixels.pixel").And.Contain("said why"));
        Assert.That(bigQuery.Server.Requests.Count(r => r.Method == "POST"), Is.EqualTo(1));
    }

    private static async Task<bool> LoadAsync(LoadServer bigQuery)
    {
        using var rows = new MemoryStream();
        using (var gzip = new GZipStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new StreamWriter(gzip))
        {
            await writer.WriteAsync(Row + "\n");
        }

        using var meter = new PipelineMeter();
        var loader = new TableLoader(bigQuery.Client, "pixels", new TableName("pixel"), meter, new SkippingTime(), new RecordingLog<TableLoader>());
        return await loader.LoadAsync(SHA256.HashData("rows"u8), rows, CancellationToken.None);
    }
}
