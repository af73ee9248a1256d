using System.Net.Sockets;
using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
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

    [TestCase("page=https%3A%2F%2FShop.example.com%3A8443%2Fcart", "https://other.example/", "shop.example.com")]
    [TestCase("page=http%3A%2F%2Fuser%40a.example%3Fx", null, "a.example")]
    [TestCase("page=http%3A%2F%2F%5B2001%3Adb8%3A%3A1%5D%3A80%2F", null, "[2001:db8::1]")]
    [TestCase("page=cart", "https://shop.example.com/", "shop.example.com")] // no URL: the header tells
    [TestCase("x=1", "https://shop.example.com/", "shop.example.com")]
    [TestCase("x=1", "android-app://com.example", null)]
    [TestCase("page=https%3A%2F%2F%2F&site=mine", null, null)] // nobody chooses it
    public void Site_PageOrReferer_IsItsHost(string query, string? referer, string? expected)
    {
        var processor = Some.Processor(Some.Schema("page STRING", "site STRING"));
        var entry = Some.LogEntry(requestUrl: $"{Some.PixelUrl}?user_id=u&{query}", referer: referer);
        Assert.That(((EntryOutcome.Written)processor.Process(entry)).Row["site"], Is.EqualTo(expected));
    }

    [TestCase("203.0.113.7:41234", "203.0.113.0")]
    [TestCase("::ffff:203.0.113.7", "203.0.113.0")]
    [TestCase("[2001:db8:1:2::3]:443", "2001:db8:1::")]
    [TestCase("somewhere", null)] // what is no address has no network
    [TestCase(null, null)]
    public void RemoteIp_NetworkAlone_IsItsFirstAddress(string? remoteIp, string? expected) =>
        Assert.That(RowOf(With("remote_ip", new SourceOptions { RemoteIp = AddressForm.Network }), Some.LogEntry(remoteIp: remoteIp))["remote_ip"], Is.EqualTo(expected));

    [TestCase("203.0.113.7:41234", "V4")]
    [TestCase("2001:db8::1", "V6")]
    [TestCase("somewhere", null)]
    public void Country_Address_IsLookedUp(string remoteIp, string? expected)
    {
        var options = new SourceOptions { CountryOf = a => a.AddressFamily == AddressFamily.InterNetwork ? "V4" : "V6" };
        Assert.That(RowOf(With("country", options), Some.LogEntry(remoteIp: remoteIp))["country"], Is.EqualTo(expected));
    }

    [Test]
    public void Country_NoDatabase_IsNull() => Assert.That(RowOf(With("country", new SourceOptions()), Some.LogEntry())["country"], Is.Null);

    [Test]
    public void AgentColumns_Browser_AreWhatTheAgentTells()
    {
        var processor = Some.Processor(Some.Schema("agent_class STRING", "browser STRING", "os STRING", "device STRING"));
        var row = RowOf(processor, Some.LogEntry(userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.5 Mobile/15E148 Safari/604.1"));
        Assert.That(row.Values.Skip(3), Is.EqualTo(["person", "safari", "ios", "mobile"]));
    }

    [Test]
    public void AgentColumns_Machine_HaveNoBrowser()
    {
        var processor = Some.Processor(Some.Schema("agent_class STRING", "browser STRING", "os STRING", "device STRING"));
        Assert.That(RowOf(processor, Some.LogEntry(userAgent: "curl/8.5.0")).Values.Skip(3), Is.EqualTo(new object?[] { "tool", null, null, null }));
    }

    private static PixelProcessor With(string column, SourceOptions options)
    {
        var json = $$"""[{"name":"event_id","type":"STRING"},{"name":"event_time","type":"TIMESTAMP"},{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"{{column}}","type":"STRING"}]""";
        return Some.Processor(EventSchema.Parse(Encoding.UTF8.GetBytes(json), "schema.json", new ColumnSources(options)));
    }

    private static EventRow RowOf(PixelProcessor processor, byte[] entry) => ((EntryOutcome.Written)processor.Process(entry)).Row;

    private static EventRow RowOf(byte[] entry) => ((EntryOutcome.Written)Processor.Process(entry)).Row;
}
