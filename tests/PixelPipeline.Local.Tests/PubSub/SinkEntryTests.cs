using System.Text;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.PubSub;

public sealed class SinkEntryTests
{
    private static readonly HitRule Hits = new("/pixel.png");

    [TestCase("user_agent")]
    [TestCase("name")]
    public void TryTake_HitWithTextThatIsNotUnicode_IsTrue(string where) => Assert.That(TryTake(Some.NotUnicode(where), out _));

    [TestCase("http://localhost:8080/other")]
    [TestCase("http://localhost:8080/pixel.png/x")]
    public void TryTake_AnotherPath_IsFalse(string url) => Assert.That(TryTake(Some.LogEntry(requestUrl: url), out _), Is.False);

    [Test]
    public void TryTake_Hit_HasItsTimesAndBytesOfItsOwn()
    {
        var line = Encoding.UTF8.GetBytes(Some.LogEntry());
        Assert.That(SinkEntry.TryTake(Hits, line, out var entry));
        Array.Clear(line);
        Assert.That((entry.Timestamp, entry.PublishTime), Is.EqualTo(("2026-11-20T11:12:28.408747Z", "2026-11-20T11:12:29.455851Z")));
        Assert.That(Encoding.UTF8.GetString(entry.Bytes.Span), Is.EqualTo(Some.LogEntry()));
    }

    [TestCase("yesterday")]
    [TestCase("2026-11-20 11:12:28Z")] // no other JSON reader takes the blank
    [TestCase("2026-11-20T11:12:28.408747Z\"")]
    [TestCase("")]
    public void Read_TimestampThatIsNoTime_HasNone(string timestamp) =>
        Assert.That(SinkEntry.Read(Encoding.UTF8.GetBytes(Some.LogEntry(timestamp: timestamp))).Timestamp, Is.Null);

    [Test]
    public void Read_NoJson_Throws() => Assert.That(() => SinkEntry.Read("\0\0"u8.ToArray()), Throws.TypeOf<InvalidDataException>());

    private static bool TryTake(string line, out SinkEntry entry) => SinkEntry.TryTake(Hits, Encoding.UTF8.GetBytes(line), out entry);
}
