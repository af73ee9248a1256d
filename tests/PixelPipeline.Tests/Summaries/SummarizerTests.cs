using System.IO.Compression;
using System.Text;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;
using PixelPipeline.Summaries;
using PixelPipeline.Tests.Logs;

namespace PixelPipeline.Tests.Summaries;

public sealed class SummarizerTests
{
    [Test]
    public async Task Summarize_EmptyFile_GivesNothing()
    {
        var (summary, rows, bad) = await LogText.SummarizeAsync([LogText.ToFile([])]);
        Assert.That((summary.Lines, rows.Length, bad.Length), Is.EqualTo((0L, 0, 0)));
    }

    [Test]
    public async Task Summarize_CarriageReturnsAndEmptyLines_ChangeNothing()
    {
        var text = LogText.ElbLine("/a") + "\n\r\n" + LogText.ElbLine("/b");
        var (summary, rows, bad) = await LogText.SummarizeAsync([LogText.ToFile(Encoding.UTF8.GetBytes(text.Replace("- -\n", "- -\r\n", StringComparison.Ordinal)))]);
        Assert.That(rows, Is.EqualTo(new[] { "2026-11-20 /a 1", "2026-11-20 /b 1" }));
        Assert.That((summary.Lines, bad.Length), Is.EqualTo((2L, 0)));
    }

    [Test]
    public async Task Summarize_GzipOfSeveralMembers_ReadsThemAll()
    {
        byte[] members = [.. Gzip(LogText.ElbLine("/a")), .. Gzip(LogText.ElbLine("/b") + LogText.ElbLine("/a"))];
        var (_, rows, bad) = await LogText.SummarizeAsync([LogText.ToFile(members)]);
        Assert.That((rows, bad), Is.EqualTo((new[] { "2026-11-20 /a 2", "2026-11-20 /b 1" }, Array.Empty<string>())));
    }

    [Test]
    public async Task Summarize_GzipWithAFault_CountsWhatComesBeforeAndSaysSo()
    {
        var random = new Random(1);
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(_ => LogText.ElbLine($"/{random.Next()}")));
        var gzip = Gzip(lines);
        gzip.AsSpan(gzip.Length * 3 / 4, 2_000).Fill(0xFF);
        var (summary, _, bad) = await LogText.SummarizeAsync([LogText.ToFile(gzip), LogText.ToFile(Encoding.UTF8.GetBytes(LogText.ElbLine("/next")))]);
        Assert.That(bad.Count(b => b.StartsWith("test.log: ", StringComparison.Ordinal)), Is.EqualTo(1), string.Join('\n', bad));
        Assert.That(summary.Rows.Any(r => r.Path == "/next"), Is.True);
        Assert.That(summary.Hits, Is.GreaterThan(10_000));
    }

    [TestCase(1_000)] // in the middle of the text
    [TestCase(8)] // before the checksum
    [TestCase(1)] // before its last byte
    public async Task Summarize_GzipThatIsCutOff_IsNamedAsNotReadToItsEnd(int missing)
    {
        var gzip = Gzip(LogText.ElbLine("/a") + LogText.ElbLine($"/{Convert.ToHexString(new Random(1).GetItems(new byte[] { 1, 2, 3, 4 }, 4_000))}"));
        var (_, _, bad) = await LogText.SummarizeAsync([LogText.ToFile(gzip[..^missing])]);
        Assert.That(bad, Has.Some.EqualTo("test.log: InvalidDataException"));
    }

    [Test]
    public async Task Summarize_GzipThatBreaksOff_DoesNotTakeHalfALineForALine()
    {
        var random = new Random(1);
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(_ => LogText.ElbLine($"/{random.Next()}")));
        var (summary, _, bad) = await LogText.SummarizeAsync([LogText.ToFile(Gzip(lines)[..^1_000])]);
        Assert.That(bad, Is.EqualTo(new[] { "test.log: InvalidDataException" }));
        Assert.That(summary.Hits, Is.GreaterThan(10_000));
    }

    [Test]
    public async Task Summarize_FirstLineTooLong_FindsTheFormatOutFromTheNext()
    {
        byte[] text = [.. new byte[2_000_000], (byte)'\n', .. Encoding.UTF8.GetBytes(LogText.ElbLine("/a"))];
        var (_, rows, bad) = await LogText.SummarizeAsync([LogText.ToFile(text)]);
        Assert.That((rows, bad), Is.EqualTo((new[] { "2026-11-20 /a 1" }, new[] { "test.log:1: too_long" })));
    }

    [Test]
    public async Task Summarize_TwoCloudFrontHeadersInARow_TheSecondHolds()
    {
        const string head = "#Fields: date time cs-uri-stem\n#Fields: cs-uri-stem date time\n";
        var lines = string.Concat(Enumerable.Repeat("/a\t2026-11-20\t11:12:28\n", 40_000)); // more than a chunk
        var (_, rows, bad) = await LogText.SummarizeAsync([LogText.ToFile(Encoding.UTF8.GetBytes("#Version: 1.0\n" + head + lines))]);
        Assert.That((rows, bad), Is.EqualTo((new[] { "2026-11-20 /a 40000" }, Array.Empty<string>())));
    }

    [Test]
    public async Task Summarize_LineOf100Megabytes_IsBadAndTheRestIsRead()
    {
        byte[] text = [.. Encoding.UTF8.GetBytes(LogText.ElbLine("/a")), .. new byte[100_000_000], (byte)'\n', .. Encoding.UTF8.GetBytes(LogText.ElbLine("/b"))];
        var (_, rows, bad) = await LogText.SummarizeAsync([LogText.ToFile(text)]);
        Assert.That(rows, Is.EqualTo(new[] { "2026-11-20 /a 1", "2026-11-20 /b 1" }));
        Assert.That(bad, Is.EqualTo(new[] { "test.log:2: too_long" }));
    }

    [TestCase(LineChunkReader.MaxLineBytes, true)]
    [TestCase(LineChunkReader.MaxLineBytes + 1, false)]
    public async Task Summarize_LineAtTheBound_IsReadUpToIt(int length, bool isRead)
    {
        var line = LogText.ElbLine("/").TrimEnd('\n');
        var padded = LogText.ElbLine("/" + new string('x', length - line.Length));
        foreach (var end in (string[])["\n", "\r\n", ""])
        {
            var text = LogText.ElbLine("/a") + padded.TrimEnd('\n') + end;
            var (summary, _, bad) = await LogText.SummarizeAsync([LogText.ToFile(Encoding.UTF8.GetBytes(text))]);
            Assert.That((summary.Hits, bad), Is.EqualTo((isRead ? 2L : 1L, isRead ? Array.Empty<string>() : ["test.log:2: too_long"])));
        }
    }

    [Test]
    public async Task Summarize_BinaryJunk_IsReportedLineByLine()
    {
        var junk = new byte[3_000_000];
        new Random(1).NextBytes(junk);
        var (summary, _, bad) = await LogText.SummarizeAsync([LogText.ToFile(junk)]);
        Assert.That((summary.Hits, summary.BadLines), Is.EqualTo((0L, (long)bad.Length)));
        Assert.That(bad, Is.Not.Empty.And.All.EndsWith("unknown_format"));
        Assert.That(bad[0], Does.StartWith("test.log:1:"));
    }

    [Test]
    public async Task Summarize_FileThatIsGone_SaysSoAndReadsTheOthers()
    {
        var gone = new LogFile("gone.log", 1, () => throw new FileNotFoundException());
        var (summary, _, bad) = await LogText.SummarizeAsync([gone, LogText.ToFile(Encoding.UTF8.GetBytes(LogText.ElbLine("/a")))]);
        Assert.That((summary.Hits, bad), Is.EqualTo((1L, new[] { "gone.log: FileNotFoundException" })));
    }

    [Test]
    public async Task Summarize_FilesOfSeveralFormats_FindsEachOut()
    {
        LogFile[] files = [.. LogFormats.All.Select(f => LogFile.FromPath(SampleLogs.PathOf(f.Label)))];
        var (summary, _, _) = await LogText.SummarizeAsync(files);
        Assert.That(summary.Hits, Is.EqualTo(4 + 2 + 3 + 4 + 2 + (15 * 2) + 1)); // one of w3c is for /
    }

    [Test]
    public async Task Summarize_CloudFrontHeaderWithinTheFile_HoldsFromThereOn()
    {
        var first = "#Fields: date time cs-uri-stem\n" + string.Concat(Enumerable.Repeat("2026-11-20\t11:12:28\t/first\n", 30_000));
        var second = "#Fields: cs-uri-stem time date\n" + string.Concat(Enumerable.Repeat("/second\t11:12:28\t2026-11-21\n", 30_000));
        var (_, rows, bad) = await LogText.SummarizeAsync([LogText.ToFile(Encoding.UTF8.GetBytes(first + second))]);
        Assert.That((rows, bad), Is.EqualTo((new[] { "2026-11-20 /first 30000", "2026-11-21 /second 30000" }, Array.Empty<string>())));
    }

    [TestCase("/p?k=a&k=b", "a")] // the first of a repeated name wins
    [TestCase("/p?amp;k=a", "a")]
    [TestCase("/p?%6B=a+b%20c", "a b c")]
    [TestCase("/p?K=a", "")]
    [TestCase("/p?k=%ff", "\uFFFD")]
    [TestCase("/p", "")]
    public async Task Summarize_Key_IsReadAsAttributesAre(string url, string value)
    {
        var (summary, _, _) = await LogText.SummarizeAsync([LogText.ToFile(Encoding.UTF8.GetBytes(LogText.ElbLine(url)))], ["k"]);
        Assert.That(summary.Rows.Single().Keys, Is.EqualTo(new[] { value }));
    }

    [TestCase("https://h/p?k=a#k=b", "/p a 1")] // a fragment is no query
    [TestCase("https://h#k=b", "/  1")]
    public async Task Summarize_FragmentInALogEntry_IsLeftOut(string url, string row)
    {
        var (_, rows, _) = await LogText.SummarizeAsync([LogText.ToFile(Some.LogEntry(requestUrl: url))], ["k"]);
        Assert.That(rows, Is.EqualTo(new[] { "2026-11-20 " + row }));
    }

    [Test]
    public async Task Summarize_SplitAtAnyLine_GivesTheSameSummary()
    {
        var random = new Random(Some.Seed());
        for (var round = 0; round < 20; round++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 5_000)).Select(_ => RandomLine(random)).ToArray();
            var split = random.Next(lines.Length + 1);
            var whole = await LogText.SummarizeAsync([ToFile(lines)], ["k"], "elb");
            var parts = await LogText.SummarizeAsync([ToFile(lines[..split]), ToFile(lines[split..])], ["k"], "elb");
            Assert.That(parts.Rows, Is.EqualTo(whole.Rows));
            Assert.That((parts.Summary.Lines, parts.Summary.Hits, parts.Bad.Length), Is.EqualTo((whole.Summary.Lines, whole.Summary.Hits, whole.Bad.Length)));
            Assert.That(whole.Rows, Is.EqualTo(Count(lines)));
        }
    }

    [Test]
    public void Csv_FieldsWithSeparators_AreQuoted()
    {
        var summary = new Summary(["k"], [new SummaryRow(new DateOnly(2026, 11, 20), "/a,b", ["say \"x\"\n"], 1_234)], 1, 1, 0, 0, 1);
        using var writer = new StringWriter();
        SummaryCsv.Write(summary, writer);
        Assert.That(writer.ToString(), Is.EqualTo("date,path,k,hits\r\n2026-11-20,\"/a,b\",\"say \"\"x\"\"\n\",1234\r\n"));
    }

    private static string RandomLine(Random random) => random.Next(20) == 0
        ? "junk\n"
        : LogText.ElbLine($"/p{random.Next(3)}?k={random.Next(3)}", $"2026-11-{random.Next(18, 21)}T{random.Next(24):00}:00:00.000000Z");

    // The plain way, to compare with.
    private static string[] Count(string[] lines) =>
    [
        .. lines.Where(l => l != "junk\n").GroupBy(l => $"{l[..10]} {l[(l.IndexOf(":443", StringComparison.Ordinal) + 4)..].Split(' ')[0].Replace("?k=", " ", StringComparison.Ordinal)}")
            .Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal),
    ];

    private static LogFile ToFile(string[] lines) => LogText.ToFile(Encoding.UTF8.GetBytes(string.Concat(lines)));

    private static byte[] Gzip(string text)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return result.ToArray();
    }
}
