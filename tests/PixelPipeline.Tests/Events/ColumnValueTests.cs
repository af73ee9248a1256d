using PixelPipeline.Events;

namespace PixelPipeline.Tests.Events;

public sealed class ColumnValueTests
{
    [TestCase("0", 0L)]
    [TestCase("-1", -1L)]
    [TestCase("+5", 5L)]
    [TestCase("007", 7L)]
    [TestCase("9223372036854775807", long.MaxValue)]
    [TestCase("-9223372036854775808", long.MinValue)]
    [TestCase("9223372036854775808", null)]
    [TestCase("1.0", null)]
    [TestCase("1e3", null)]
    [TestCase("1,000", null)]
    [TestCase(" 1", null)]
    [TestCase("1 ", null)]
    [TestCase("0x10", null)]
    [TestCase("--1", null)]
    [TestCase("-", null)]
    [TestCase("٣", null)] // a digit, but no ASCII one
    [TestCase("NaN", null)]
    [TestCase("1\0", null)]
    public void Integer_Text_IsConvertedOrRefused(string text, object? expected) => Check(ColumnType.Integer, text, expected);

    [TestCase("0", 0.0)]
    [TestCase("1.5", 1.5)]
    [TestCase("-1.5e-3", -0.0015)]
    [TestCase(".5", 0.5)]
    [TestCase("5.", 5.0)]
    [TestCase("1E5", 100_000.0)]
    [TestCase("1.7976931348623157e308", double.MaxValue)]
    [TestCase("1e-400", 0.0)]
    [TestCase("1e309", null)] // no finite double
    [TestCase("NaN", null)]
    [TestCase("Infinity", null)]
    [TestCase("-Infinity", null)]
    [TestCase("inf", null)]
    [TestCase("1,5", null)]
    [TestCase(" 1", null)]
    [TestCase("1 ", null)]
    [TestCase("e5", null)]
    [TestCase("0x1p3", null)]
    [TestCase("$1", null)]
    [TestCase("1.5\0", null)]
    public void Float_Text_IsConvertedOrRefused(string text, object? expected) => Check(ColumnType.Float, text, expected);

    [TestCase("0", "0")]
    [TestCase("-0.0", "0")]
    [TestCase("1.50", "1.5")]
    [TestCase("+007.0", "7")]
    [TestCase(".5", "0.5")]
    [TestCase("-.5", "-0.5")]
    [TestCase("5.", "5")]
    [TestCase("99999999999999999999999999999.999999999", "99999999999999999999999999999.999999999")]
    [TestCase("000000000000000000000000000000000001", "1")]
    [TestCase("1.0000000000000", "1")] // zeros need no digits
    [TestCase("100000000000000000000000000000", null)] // 30 digits
    [TestCase("1.0000000001", null)] // 10 decimal places
    [TestCase("1e5", null)]
    [TestCase("1.2.3", null)]
    [TestCase(".", null)]
    [TestCase("-", null)]
    [TestCase("+-1", null)]
    [TestCase("1,5", null)]
    [TestCase(" 1", null)]
    [TestCase("٣", null)]
    [TestCase("NaN", null)]
    [TestCase("1.5\0", null)]
    public void Numeric_Text_IsConvertedOrRefused(string text, object? expected) => Check(ColumnType.Numeric, text, expected);

    [TestCase("true", true)]
    [TestCase("TRUE", true)]
    [TestCase("True", true)]
    [TestCase("t", true)]
    [TestCase("yes", true)]
    [TestCase("y", true)]
    [TestCase("1", true)]
    [TestCase("false", false)]
    [TestCase("F", false)]
    [TestCase("no", false)]
    [TestCase("N", false)]
    [TestCase("0", false)]
    [TestCase("on", null)]
    [TestCase("2", null)]
    [TestCase("true ", null)]
    [TestCase("wahr", null)]
    [TestCase("ye\u017F", null)] // a long s, whose upper case is S
    [TestCase("1\0", null)]
    public void Boolean_Text_IsConvertedOrRefused(string text, object? expected) => Check(ColumnType.Boolean, text, expected);

    [TestCase("2026-11-20T11:12:28Z", "2026-11-20T11:12:28.000000Z")]
    [TestCase("2026-11-20 11:12:28Z", "2026-11-20T11:12:28.000000Z")]
    [TestCase("2026-11-20T11:12:28.1234569Z", "2026-11-20T11:12:28.123456Z")]
    [TestCase("2026-11-20T00:12:28+01:00", "2026-11-19T23:12:28.000000Z")]
    [TestCase("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z")]
    [TestCase("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z")]
    [TestCase("2026-11-20T11:12:28", null)] // whose clock?
    [TestCase("2026-11-20", null)]
    [TestCase("1763637148", null)]
    [TestCase("now", null)]
    public void Timestamp_Text_IsConvertedOrRefused(string text, string? expected)
    {
        ColumnValue.TryConvert(ColumnType.Timestamp, text, out var value);
        Assert.That(value is DateTime time ? $"{time:yyyy-MM-ddTHH:mm:ss.ffffffK}" : null, Is.EqualTo(expected));
    }

    [TestCase("2026-11-20", "2026-11-20")]
    [TestCase("2024-02-29", "2024-02-29")]
    [TestCase("0001-01-01", "0001-01-01")]
    [TestCase("9999-12-31", "9999-12-31")]
    [TestCase("2026-02-29", null)]
    [TestCase("0000-01-01", null)]
    [TestCase("2026-1-1", null)]
    [TestCase("20261120", null)]
    [TestCase("11/20/2026", null)]
    [TestCase("2026-11-20T00:00:00Z", null)]
    [TestCase(" 2026-11-20", null)]
    [TestCase("2026-11-20 ", null)]
    [TestCase("２０２６-11-20", null)]
    [TestCase("2026-11-20\0", null)]
    public void Date_Text_IsConvertedOrRefused(string text, object? expected) => Check(ColumnType.Date, text, expected);

    [Test]
    public void String_AnyText_StandsAsItIs() => Check(ColumnType.String, " \0\u202Eé😀 ", " \0\u202Eé😀 ");

    [Test]
    public void AnyType_OverLong_IsRefused(
        [Values(ColumnType.String, ColumnType.Integer, ColumnType.Float, ColumnType.Numeric, ColumnType.Boolean, ColumnType.Timestamp, ColumnType.Date)] ColumnType type) =>
        Assert.That(ColumnValue.TryConvert(type, new string('0', EventSchema.MaxValueBytes + 1), out _), Is.False);

    private static void Check(ColumnType type, string text, object? expected)
    {
        var fits = ColumnValue.TryConvert(type, text, out var value);
        Assert.That((fits, value), Is.EqualTo((expected is not null, expected)));
    }
}
