using System.IO.Compression;
using System.Text;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>Access logs on disk, summed up by the command.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SummarizeTests
{
    private static readonly string Line = "203.0.113.7 - - [20/Nov/2026:11:12:28 +0000] \"GET /pixel.png?type=click HTTP/1.1\" 200 43 \"-\" \"agent\"\n";

    [Test]
    public async Task Summarize_PatternOfFiles_WritesCsvToTheFile()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "a", "b"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "a", "b", "1.log"), Line + Line);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "a", "2.log"), Line);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "a", "3.txt"), Line);
        var csv = Path.Combine(folder.Path, "summary.csv");
        var result = await InProcess.RunAsync("summarize", Path.Combine(folder.Path, "**", "*.log"), "--keys", "type", "--out", csv);
        Assert.That(result, Is.EqualTo((0, "", "")));
        Assert.That(await File.ReadAllTextAsync(csv), Is.EqualTo("date,path,type,hits\r\n2026-11-20,/pixel.png,click,3\r\n"));
    }

    [TestCase("UTC", "2026-11-20")]
    [TestCase("Europe/Berlin", "2026-11-19")]
    public async Task Summarize_TimeZone_IsThatOfTimesWithoutOne(string zone, string date)
    {
        using var folder = new TempFolder();
        var log = Path.Combine(folder.Path, "haproxy.log");
        await File.WriteAllTextAsync(log, "203.0.113.7:1 [20/Nov/2026:00:30:00.098] web app/one 0/0/0/1/1 200 138 - - ---- 1/1/0/0/0 0/0 \"GET /pixel.png?a=b HTTP/1.1\"\n");
        Assert.That(await InProcess.RunAsync("summarize", log, "--format", "csv", "--time-zone", zone), Is.EqualTo((0, $"date,path,hits\n{date},/pixel.png,1", "")));
    }

    [TestCase(false, 1)]
    [TestCase(true, 2)]
    public async Task Summarize_Folder_ReadsSubfoldersOnRequest(bool recursive, int hits)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "sub"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "1.log"), Line);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "sub", "2.log"), Line);
        string[] arguments = ["summarize", folder.Path, "--format", "json", .. recursive ? (string[])["-r"] : []];
        var (exitCode, output, _) = await InProcess.RunAsync(arguments);
        Assert.That((exitCode, output), Is.EqualTo((0, $$"""{"date":"2026-11-20","path":"/pixel.png","hits":{{hits}}}""")));
    }

    [Test]
    public async Task Summarize_GzipThatIsCutOff_NamesItAndFails()
    {
        using var folder = new TempFolder();
        var log = Path.Combine(folder.Path, "1.log.gz");
        await using (var gzip = new GZipStream(File.Create(log), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Line + Line));
        }

        await File.WriteAllBytesAsync(log, (await File.ReadAllBytesAsync(log))[..^10]);
        var (exitCode, _, errors) = await InProcess.RunAsync("summarize", log);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.StartWith($"{log} cannot be read: "));
    }

    [Test]
    public async Task Summarize_Chart_ShowsABarForEachDay()
    {
        using var folder = new TempFolder();
        var log = Path.Combine(folder.Path, "1.log");
        await File.WriteAllTextAsync(log, Line + Line.Replace("20/Nov", "21/Nov", StringComparison.Ordinal));
        var (exitCode, output, _) = await PixelProcess.RunAsync(("FORCE_COLOR", "1"), ["summarize", log, "--chart"]);
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Not.Contain('\u001b'), "a pipe takes no colours");
        Assert.That(output, Does.Contain("2026-11-20").And.Contain("2026-11-21"));
    }

    [Test]
    public async Task Summarize_BadLines_AreShownUpToTenAndAllWrittenOnRequest()
    {
        using var folder = new TempFolder();
        var log = Path.Combine(folder.Path, "1.log");
        var bad = Path.Combine(folder.Path, "bad.txt");
        await File.WriteAllTextAsync(log, Line + string.Concat(Enumerable.Repeat("junk\n", 12)));
        var (exitCode, _, errors) = await InProcess.RunAsync("summarize", log, "--bad", bad);
        Assert.That(exitCode, Is.Zero);
        Assert.That(errors.Split('\n'), Has.Length.EqualTo(11));
        Assert.That(errors, Does.Contain($"{log}:2: fields_missing").And.EndWith("12 lines cannot be read: fields_missing 12."));
        Assert.That(await File.ReadAllLinesAsync(bad), Has.Length.EqualTo(12));
    }

    [TestCase("summarize")]
    [TestCase("summarize", "--log-format", "alb")]
    [TestCase("import", "--dry-run")]
    public async Task Log_WithoutOneReadableLine_FailsAndNamesTheFormat(string command, params string[] more)
    {
        using var folder = new TempFolder();
        var log = Path.Combine(folder.Path, "1.log");
        await File.WriteAllTextAsync(log, "id,vendor_id\nid1,2\n");
        var (exitCode, _, errors) = await InProcess.RunAsync([command, log, .. more]);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("No line could be read").And.Contain("--log-format"));
    }

    [Test]
    public async Task Summarize_NothingThere_FailsAndNamesIt()
    {
        var (exitCode, _, errors) = await InProcess.RunAsync("summarize", "/nowhere/x.log");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("/nowhere/x.log"));
    }
}
