using System.Text;
using PixelPipeline.Logs;

namespace PixelPipeline.Tests.Logs;

public sealed class LogEntryJsonTests
{
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("null")]
    [TestCase("1")]
    [TestCase("\"{}\"")]
    [TestCase("[]")]
    [TestCase("[{\"timestamp\":\"2026-11-20T11:12:28Z\"}]")]
    [TestCase("{}")]
    [TestCase("{\"timestamp\":\"2026-11-20T11:12:28Z\"")]
    [TestCase("{\"timestamp\":\"2026-11-20T11:12:28Z\",}")]
    [TestCase("{\"timestamp\":\"2026-11-20T11:12:28Z\"} x")] // one object, nothing after it
    [TestCase("{\"timestamp\":\"2026-11-20T11:12:28Z\"}{}")]
    [TestCase("{\"timestamp\":\"2026-11-20T11:12:28Z\"} // comment")]
    [TestCase("\uFEFF{\"timestamp\":\"2026-11-20T11:12:28Z\"}")] // JSON has no byte order mark
    [TestCase("{'timestamp':'2026-11-20T11:12:28Z'}")]
    [TestCase("{\"timestamp\":null}")]
    [TestCase("{\"timestamp\":20261120}")]
    [TestCase("{\"timestamp\":true}")]
    [TestCase("{\"timestamp\":{\"seconds\":1}}")]
    [TestCase("{\"timestamp\":[\"2026-11-20T11:12:28Z\"]}")]
    [TestCase("{\"timestamp\":\"yesterday\"}")]
    [TestCase("{\"timestamp\":\"2026-11-20T11:12:28Z\",\"a\":\"\\x\"}")]
    [TestCase("{\"timestamp\":\"2026-11-20T11:12:28Z\",\"a\":\"\\ud80\"}")]
    [TestCase("{\"timestamp\":\"2026-11-20T11:12:28Z\",\"a\":\"line\nbreak\"}")]
    public void TryRead_NoEntry_IsRefused(string json) => Assert.That(LogEntryJson.TryRead(Encoding.UTF8.GetBytes(json), out _), Is.False);

    [TestCase(60)]
    [TestCase(100_000)] // no stack is spent on it
    public void TryRead_AnyDepth_IsRead(int depth)
    {
        var json = $$"""{"timestamp":"{{Some.Timestamp}}","x":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        Assert.That(LogEntryJson.TryRead(Encoding.UTF8.GetBytes(json), out _), Is.True);
    }

    [TestCase("\"a\\u0026b\"", "a&b")]
    [TestCase("\"\\u0041\\u00e9\\u20AC\"", "Aé€")]
    [TestCase("\"\\ud83d\\ude00\"", "😀")]
    [TestCase("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
    [TestCase("\"\\ud83d\"", "\uFFFD")] // a high surrogate alone
    [TestCase("\"\\ude00x\"", "\uFFFDx")] // a low one
    [TestCase("\"\\ud83d\\u0041\"", "\uFFFDA")]
    [TestCase("\"\\ud83d\\n\"", "\uFFFD\n")]
    [TestCase("\"\\ud83d\\ud83d\\ude00\"", "\uFFFD😀")]
    [TestCase("\"\\ude00\\ud83d\"", "\uFFFD\uFFFD")] // the wrong way round
    [TestCase("\"\\u0000\"", "\0")]
    [TestCase("\"plain é\"", "plain é")]
    [TestCase("null", "")]
    [TestCase("12.50", "12.50")]
    [TestCase("true", "true")]
    [TestCase("{\"a\": [1]}", "{\"a\": [1]}")]
    public void TryRead_AnyValue_IsReadAsText(string value, string expected) =>
        Assert.That(UserAgentOf(Encoding.UTF8.GetBytes(value)), Is.EqualTo(expected));

    [Test]
    public void TryRead_InvalidUtf8_BecomesReplacementCharacters()
    {
        byte[] value = [(byte)'"', (byte)'a', 0xFF, (byte)'b', 0xC3, (byte)'"'];
        Assert.That(UserAgentOf(value), Is.EqualTo("a\uFFFDb\uFFFD"));
    }

    [Test]
    public void TryRead_InvalidUtf8BesideEscapes_BecomesReplacementCharacters()
    {
        byte[] value = [(byte)'"', 0xFF, (byte)'\\', (byte)'n', 0xE2, 0x82, (byte)'"'];
        Assert.That(UserAgentOf(value), Is.EqualTo("\uFFFD\n\uFFFD"));
    }

    [Test]
    public void TryRead_RepeatedField_TakesTheLast()
    {
        var json = $$"""{"timestamp":"{{Some.Timestamp}}","httpRequest":{"userAgent":"a","userAgent":"b"} }""";
        Assert.That(LogEntryJson.TryRead(Encoding.UTF8.GetBytes(json), out var entry) ? Encoding.UTF8.GetString(entry.UserAgent) : null, Is.EqualTo("b"));
    }

    [Test]
    public void TryRead_EscapedFieldName_IsTheSameField()
    {
        var json = $$"""{"timest\u0061mp":"{{Some.Timestamp}}"}""";
        Assert.That(LogEntryJson.TryRead(Encoding.UTF8.GetBytes(json), out _), Is.True);
    }

    [TestCase("\\ud800httpRequest")]
    [TestCase("timestamp\\udc00")]
    public void TryRead_FieldNameThatIsNoUnicode_IsSkipped(string name)
    {
        var json = $$"""{"{{name}}":1,"timestamp":"{{Some.Timestamp}}","httpRequest":{"{{name}}":1},"jsonPayload":{"{{name}}":1} }""";
        Assert.That(LogEntryJson.TryRead(Encoding.UTF8.GetBytes(json), out _), Is.True);
    }

    [TestCase("null")]
    [TestCase("\"text\"")]
    [TestCase("[{\"requestUrl\":\"https://a.example/\"}]")]
    [TestCase("7")]
    public void TryRead_RequestThatIsNoObject_TellsOfNoRequest(string request)
    {
        var json = $$"""{"httpRequest":{{request}},"jsonPayload":{{request}},"timestamp":"{{Some.Timestamp}}"}""";
        Assert.That(LogEntryJson.TryRead(Encoding.UTF8.GetBytes(json), out var entry) && entry.RequestUrl.IsEmpty && entry.Event.IsEmpty, Is.True);
    }

    private static string? UserAgentOf(byte[] value)
    {
        byte[] json = [.. "{\"httpRequest\":{\"userAgent\":"u8, .. value, .. "},\"timestamp\":\"2026-11-20T11:12:28Z\"}"u8];
        return LogEntryJson.TryRead(json, out var entry) ? Encoding.UTF8.GetString(entry.UserAgent) : null;
    }
}
