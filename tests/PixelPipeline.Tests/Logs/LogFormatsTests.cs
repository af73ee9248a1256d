using System.Text;
using PixelPipeline.Logs;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;
using PixelPipeline.Summaries;

namespace PixelPipeline.Tests.Logs;

/// <summary>What holds for every format of the list. A new one needs its row in docs/importing.md and its sample file.</summary>
public sealed class LogFormatsTests
{
    private static IEnumerable<string> Labels => LogFormats.Labels;

    [Test]
    public void Labels_OfAllFormats_AreDifferent() => Assert.That(LogFormats.Labels, Is.Unique.And.All.Matches("^[a-z0-9-]+$"));

    [TestCaseSource(nameof(Labels))]
    public void Page_OfAccessLogs_DescribesTheFormat(string label) =>
        Assert.That(Encoding.UTF8.GetString(ShippedFile.Read("docs/importing.md")), Does.Contain($"\n| `{label}` | "));

    [TestCaseSource(nameof(Labels))]
    public void Detect_SampleOfAFormat_FindsIt(string label) =>
        Assert.That(FormatDetection.Detect(SampleLogs.Read(label))?.Label, Is.EqualTo(label));

    [Test]
    public async Task Import_LinesOfTwoFormatsAlike_AreRefusedAndTheFormatsNamed()
    {
        const string line = """{"timestamp":"2026-11-20T11:12:28Z","client_ip":"203.0.113.7","request_method":"GET","url":"/a","uri":"/a","fastly_is_edge":true}""";
        var (summary, _, _) = await LogText.SummarizeAsync([LogText.ToFile(Encoding.UTF8.GetBytes(line + "\n"))]);
        Assert.That((summary.Lines, summary.BadLines, summary.Hits), Is.EqualTo((1, 1, 0)));

        var told = new List<BadLine>();
        await new Summarizer([], null, told.Add, (_, e) => throw e).SummarizeAsync([LogText.ToFile(Encoding.UTF8.GetBytes(line + "\n"))], CancellationToken.None);
        Assert.That(told, Is.EqualTo(new[] { new BadLine("test.log", 1, BadLineReason.SeveralFormats, "nginx-json or fastly") }));
    }

    [TestCase("")]
    [TestCase("\n\r\n")]
    [TestCase("one\ntwo\nthree\n")]
    public void Detect_LinesOfNoFormat_FindsNone(string text) => Assert.That(FormatDetection.Detect(Encoding.UTF8.GetBytes(text)), Is.Null);
}
