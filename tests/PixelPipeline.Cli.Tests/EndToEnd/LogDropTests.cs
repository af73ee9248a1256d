using System.Globalization;
using System.IO.Compression;
using System.Text;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>Log files that are put into the folder of <c>pixel up --log-drop</c>.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class LogDropTests
{
    private TempFolder _temp = null!;

    private string Data => Path.Combine(_temp.Path, "data");

    private string Drop => Path.Combine(_temp.Path, "bucket");

    [SetUp]
    public void MakeFolder() => _temp = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _temp.Dispose();

    [Test]
    public async Task LogFile_PutIntoTheDrop_IsSummarisedAsTheCommandWouldDoIt()
    {
        using var pipeline = await RunningPipeline.StartAsync(Data, "--log-drop", Drop);
        Assert.That(pipeline.Process.Output, Does.Contain($"Log drop  {Drop}/drop → {Drop}/summaries"));
        WriteLog("drop/2026/access log é.gz", lines: 5_000);

        var expected = Path.Combine(_temp.Path, "expected.csv");
        var summarized = await InProcess.RunAsync("summarize", At("drop/2026/access log é.gz"), "--out", expected);
        Assert.That(summarized, Is.EqualTo((0, "", "")));
        await SummaryIsAsync("summaries/2026/access log é.gz.csv", await File.ReadAllTextAsync(expected));
    }

    [Test]
    public async Task LogFiles_ThatCameWhileNothingRan_AreSummarisedAndTheOthersLeftAlone()
    {
        WriteLog("drop/old.log.gz", lines: 1);
        using (var first = await RunningPipeline.StartAsync(Data, "--log-drop", Drop))
        {
            await SummaryIsAsync("summaries/old.log.gz.csv", Csv(hits: 1));
            first.Process.Signal(PixelProcess.SigTerm);
            Assert.That(await first.Process.ExitAsync(), Is.Zero, first.Process.Errors);
        }

        Assert.That(File.Exists(Path.Combine(Data, "log-files.pid")), Is.False, "the function was stopped");
        File.Delete(At("summaries/old.log.gz.csv"));
        WriteLog("drop/new.log.gz", lines: 2);
        using (var second = await RunningPipeline.StartAsync(Data, "--log-drop", Drop))
        {
            await SummaryIsAsync("summaries/new.log.gz.csv", Csv(hits: 2));
            second.Process.KillTree();
        }

        Assert.That(File.Exists(At("summaries/old.log.gz.csv")), Is.False, "it was acknowledged, so it does not come again");
        WriteLog("drop/new.log.gz", lines: 3);
        using var third = await RunningPipeline.StartAsync(Data, "--log-drop", Drop);
        await SummaryIsAsync("summaries/new.log.gz.csv", Csv(hits: 3));
    }

    [TestCase("file", 2, "cannot be used")]
    [TestCase("data/bucket", 1, "inside")]
    [TestCase("", 1, "inside")] // the folder around the data folder
    public async Task LogDrop_ThatCannotBeUsed_IsToldWithItsFlag(string folder, int expected, string says)
    {
        await File.WriteAllTextAsync(Path.Combine(_temp.Path, "file"), "");
        string[] ports = [.. new[] { "--port", "--function-port", "--bigquery-port" }.SelectMany(flag => new[] { flag, FreePort.Take().ToString(CultureInfo.InvariantCulture) })];
        var (exitCode, _, errors) = await InProcess.RunAsync(["up", "--data", Data, "--log-drop", Path.Combine(_temp.Path, folder), .. ports]);
        Assert.That(exitCode, Is.EqualTo(expected));
        Assert.That(errors.Split('\n'), Has.Length.EqualTo(1), errors);
        Assert.That(errors, Does.Contain("--log-drop").And.Contain(says));
    }

    private static string Csv(int hits) => $"date,path,hits\r\n2026-11-20,/pixel.png,{hits}\r\n";

    private string At(string name) => Path.Combine(Drop, name);

    private void WriteLog(string name, int lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        using var gzip = new GZipStream(File.Create(At(name)), CompressionLevel.Fastest);
        const string Line = "203.0.113.7 - - [20/Nov/2026:11:12:28 +0000] \"GET /pixel.png?type=click HTTP/1.1\" 200 43 \"-\" \"agent\"\n";
        gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Line, lines))));
    }

    private Task SummaryIsAsync(string name, string expected) => Eventually.IsTrueAsync(
        async () => File.Exists(At(name)) && await File.ReadAllTextAsync(At(name)) == expected, $"{name} is the summary");
}
