using System.Text;
using PixelPipeline.Logs;

namespace PixelPipeline.Tests.Logs;

public sealed class EntryTimestampTests
{
    [TestCase("1970-01-01T00:00:00Z", 0L, 0)]
    [TestCase("1970-01-01T00:00:00z", 0L, 0)]
    [TestCase("1970-01-01t00:00:00Z", 0L, 0)]
    [TestCase("1970-01-01 00:00:00Z", 0L, 0)] // RFC 3339 lets a space stand for T
    [TestCase("1970-01-01T01:30:00+01:30", 0L, 0)]
    [TestCase("1969-12-31T18:00:00-06:00", 0L, 0)]
    [TestCase("1970-01-01T00:00:00-00:00", 0L, 0)]
    [TestCase("1970-01-01T23:59:00+23:59", 0L, 0)]
    [TestCase("1969-12-31T23:59:59.999999999Z", -1L, 999_999_999)] // seconds are rounded down before 1970 too
    [TestCase("0001-01-01T00:00:00Z", -62_135_596_800L, 0)]
    [TestCase("0001-01-01T23:59:00+23:59", -62_135_596_800L, 0)]
    [TestCase("9999-12-31T23:59:59.999999999Z", 253_402_300_799L, 999_999_999)]
    [TestCase("2024-02-29T00:00:00Z", 1_709_164_800L, 0)]
    [TestCase("2000-02-29T00:00:00Z", 951_782_400L, 0)]
    public void TryParse_Instant_IsRead(string text, long seconds, int nanoseconds) =>
        Assert.That(Parse(text), Is.EqualTo(new EntryTimestamp(seconds, nanoseconds)));

    [TestCase("", 0)]
    [TestCase(".1", 100_000_000)]
    [TestCase(".12", 120_000_000)]
    [TestCase(".123", 123_000_000)]
    [TestCase(".1234", 123_400_000)]
    [TestCase(".12345", 123_450_000)]
    [TestCase(".123456", 123_456_000)]
    [TestCase(".1234567", 123_456_700)]
    [TestCase(".12345678", 123_456_780)]
    [TestCase(".123456789", 123_456_789)]
    [TestCase(".1234567899", 123_456_789)] // dropped, not rounded
    [TestCase(".12345678999", 123_456_789)]
    [TestCase(".999999999999", 999_999_999)]
    [TestCase(".000000001", 1)]
    public void TryParse_Fraction_IsReadToNanoseconds(string fraction, int nanoseconds) =>
        Assert.That(Parse($"2026-11-20T11:12:28{fraction}Z")!.Value.Nanoseconds, Is.EqualTo(nanoseconds));

    [TestCase("")]
    [TestCase("Z")]
    [TestCase("2026-11-20")]
    [TestCase("2026-11-20T11:12:28")] // no offset, so no instant
    [TestCase("2026-11-20T11:12Z")]
    [TestCase("2026-11-20T11:12:28.Z")]
    [TestCase("2026-11-20T11:12:28,5Z")]
    [TestCase("2026-11-20T11:12:28.5")]
    [TestCase("2026-11-20T11:12:28ZZ")]
    [TestCase("2026-11-20T11:12:28Z ")]
    [TestCase(" 2026-11-20T11:12:28Z")]
    [TestCase("2026-11-20T11:12:28+0100")]
    [TestCase("2026-11-20T11:12:28+1:00")]
    [TestCase("2026-11-20T11:12:28+24:00")]
    [TestCase("2026-11-20T11:12:28+01:60")]
    [TestCase("2026-11-20T24:00:00Z")]
    [TestCase("2026-11-20T11:60:00Z")]
    [TestCase("2016-12-31T23:59:60Z")] // a leap second: no clock here has it
    [TestCase("2026-02-29T00:00:00Z")]
    [TestCase("1900-02-29T00:00:00Z")]
    [TestCase("2026-13-01T00:00:00Z")]
    [TestCase("2026-00-01T00:00:00Z")]
    [TestCase("2026-01-00T00:00:00Z")]
    [TestCase("2026-04-31T00:00:00Z")]
    [TestCase("0000-01-01T00:00:00Z")]
    [TestCase("-001-01-01T00:00:00Z")]
    [TestCase("12026-01-01T00:00:00Z")]
    [TestCase("0001-01-01T00:00:00+00:01")] // before year 1 in UTC
    [TestCase("9999-12-31T23:59:59-00:01")] // after year 9999 in UTC
    [TestCase("2026-1-1T00:00:00Z")]
    [TestCase("2026-+1-01T00:00:00Z")]
    [TestCase("２026-11-20T11:12:28Z")]
    [TestCase("1763637148")]
    [TestCase("Fri, 20 Nov 2026 11:12:28 GMT")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.That(Parse(text), Is.Null);

    [TestCase("2026-11-20T11:12:28.4087479Z", 4_087_470)]
    [TestCase("2026-11-20T11:12:28.999999999Z", 9_999_990)]
    [TestCase("1969-07-20T20:17:40.0000019Z", 10)] // truncated to the earlier microsecond before 1970 too
    public void ToMicroseconds_Nanoseconds_AreTruncated(string text, int ticksInSecond) =>
        Assert.That(Parse(text)!.Value.ToMicroseconds().Ticks % TimeSpan.TicksPerSecond, Is.EqualTo(ticksInSecond));

    [Test]
    public void ToMicroseconds_Result_IsUtc() => Assert.That(Parse(Some.Timestamp)!.Value.ToMicroseconds().Kind, Is.EqualTo(DateTimeKind.Utc));

    [Test]
    public void From_AnyInstant_IsWhatItsTextParsesTo() =>
        Law.Holds<DateTimeOffset>(2_000, instant => EntryTimestamp.From(instant) == Parse(instant.ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz")));

    [Test]
    public void TryParse_AnyText_NeverThrows() =>
        Law.Holds<byte[]>(2_000, bytes => !EntryTimestamp.TryParse(bytes, out _));

    private static EntryTimestamp? Parse(string text) =>
        EntryTimestamp.TryParse(Encoding.UTF8.GetBytes(text), out var timestamp) ? timestamp : null;

    [TestCase("1970-01-01T00:00:00Z", 0)]
    [TestCase("1970-01-01T23:59:59.999999999Z", 0)]
    [TestCase("1969-12-31T23:59:59.999999999Z", -1)]
    [TestCase("1969-12-31T00:00:00Z", -1)]
    [TestCase("1969-12-30T23:59:59Z", -2)]
    [TestCase("2026-11-20T00:30:00+01:00", 20_776)] // the day before, in UTC
    public void UnixDay_AnyInstant_IsItsDayInUtc(string text, int expected)
    {
        Assert.That(EntryTimestamp.TryParse(Encoding.UTF8.GetBytes(text), out var timestamp), Is.True);
        Assert.That(timestamp.UnixDay, Is.EqualTo(expected));
    }
}
