using System.Text;
using PixelPipeline.Logs.Formats;

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

    [TestCase("")]
    [TestCase("\n\r\n")]
    [TestCase("one\ntwo\nthree\n")]
    public void Detect_LinesOfNoFormat_FindsNone(string text) => Assert.That(FormatDetection.Detect(Encoding.UTF8.GetBytes(text)), Is.Null);
}
