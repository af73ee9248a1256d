using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Events;

public sealed class ColumnSourceTests
{
    private static readonly PixelProcessor Processor = Some.Processor(Some.Schema("user_agent STRING", "referer STRING", "remote_ip STRING"));

    [TestCase("203.0.113.7", "203.0.113.7")]
    [TestCase("203.0.113.7:41234", "203.0.113.7")]
    [TestCase("2001:db8::1", "2001:db8::1")]
    [TestCase("::1", "::1")]
    [TestCase("[2001:db8::1]:41234", "2001:db8::1")]
    [TestCase("[2001:db8::1]", "2001:db8::1")]
    [TestCase("::ffff:203.0.113.7", "::ffff:203.0.113.7")]
    [TestCase("[", "[")]
    [TestCase("[]:1", null)]
    [TestCase(":1", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void RemoteIp_Address_LosesItsPort(string? remoteIp, string? expected) =>
        Assert.That(RowOf(Some.LogEntry(remoteIp: remoteIp))["remote_ip"], Is.EqualTo(expected));

    [TestCase(null)]
    [TestCase("")]
    public void UserAgentAndReferer_AbsentOrEmpty_AreNull(string? text)
    {
        var row = RowOf(Some.LogEntry(userAgent: text, referer: text));
        Assert.That((row["user_agent"], row["referer"]), Is.EqualTo(((object?)null, (object?)null)));
    }

    [TestCase("x", 8_192, 8_192)]
    [TestCase("x", 8_193, 8_192)]
    [TestCase("é", 5_000, 8_192)]
    [TestCase("€", 5_000, 8_190)] // 2,730 characters of three bytes
    [TestCase("😀", 5_000, 8_192)]
    [TestCase("x😀", 5_000, 8_191)] // 1,638 pairs of five bytes, and an x
    public void Referer_TooLong_IsCutBetweenCharacters(string character, int count, int expectedBytes)
    {
        var referer = string.Concat(Enumerable.Repeat(character, count));
        var cut = (string)RowOf(Some.LogEntry(referer: referer))["referer"]!;
        Assert.That(referer, Does.StartWith(cut));
        Assert.That(Encoding.UTF8.GetByteCount(cut), Is.EqualTo(expectedBytes));
    }

    [Test]
    public void UserAgent_InvalidUtf8_KeepsTheBoundOnceReplaced()
    {
        var entry = Some.LogEntry(userAgent: new string('~', 8_000));
        entry.AsSpan().Replace((byte)'~', (byte)0xFF); // each becomes U+FFFD, which has three bytes
        Assert.That(RowOf(entry)["user_agent"], Is.EqualTo(new string('\uFFFD', 8_192 / 3)));
    }

    private static EventRow RowOf(byte[] entry) => ((EntryOutcome.Written)Processor.Process(entry)).Row;
}
