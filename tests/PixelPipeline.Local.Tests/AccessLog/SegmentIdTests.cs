using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.Tests.AccessLog;

public sealed class SegmentIdTests
{
    private static readonly DateTimeOffset Opened = new(2026, 11, 21, 1, 50, 25, 123, TimeSpan.Zero);

    [Test]
    public void FileName_OfAnId_CarriesTheDate() =>
        Assert.That(SegmentId.Next(default, Opened).FileName, Is.EqualTo("20261121T015025123Z.jsonl"));

    [Test]
    public void TryParseFileName_OfAFileName_GivesTheIdBack()
    {
        var id = SegmentId.Next(default, Opened);

        Assert.That(SegmentId.TryParseFileName(id.FileName, out var parsed));
        Assert.That(parsed, Is.EqualTo(id));
    }

    [TestCase("20261121T015025123Z.json")]
    [TestCase("20261121T015025123Z.jsonl.next")]
    [TestCase("20261321T015025123Z.jsonl")] // month 13
    [TestCase(".jsonl")]
    public void TryParseFileName_OfAnotherFile_IsFalse(string name) =>
        Assert.That(SegmentId.TryParseFileName(name, out _), Is.False);

    [Test]
    public void Next_ClockSetBack_StillSortsLast()
    {
        var last = SegmentId.Next(default, Opened);

        var next = SegmentId.Next(last, Opened.AddHours(-1));

        Assert.That(next.CompareTo(last), Is.Positive);
        Assert.That(next.FileName, Is.GreaterThan(last.FileName).Using((IComparer<string>)StringComparer.Ordinal));
    }
}
