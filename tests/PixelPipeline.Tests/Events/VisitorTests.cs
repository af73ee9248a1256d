using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Events;

public sealed class VisitorTests
{
    private const string Secret = "a secret of thirty-two characters";

    private static readonly PixelProcessor Processor = ProcessorWith(Secret);

    [Test]
    public void Visitor_SameClientAndDay_IsTheSame() =>
        Assert.That(VisitorOf(timestamp: "2026-11-20T23:59:59Z", remoteIp: "203.0.113.7:99"), Is.EqualTo(VisitorOf(timestamp: "2026-11-20T00:00:00Z", remoteIp: "203.0.113.7:1")));

    [TestCase("2026-11-21T00:00:00Z", "203.0.113.7", "Mozilla/5.0")] // another day
    [TestCase("2026-11-20T00:00:00Z", "203.0.113.8", "Mozilla/5.0")]
    [TestCase("2026-11-20T00:00:00Z", "203.0.113.7", "Mozilla/5.1")]
    [TestCase("2026-11-20T00:00:00Z", "203.0.113.7M", "ozilla/5.0")] // the same bytes, cut elsewhere
    public void Visitor_AnotherDayOrClient_IsAnother(string timestamp, string remoteIp, string userAgent) =>
        Assert.That(VisitorOf(timestamp, remoteIp, userAgent), Is.Not.EqualTo(VisitorOf()).And.Matches("^[0-9a-f]{16}$"));

    [Test]
    public void Visitor_DaysInAnyOrder_AreWhatTheyWere()
    {
        var first = VisitorOf();
        VisitorOf(timestamp: "2025-01-01T00:00:00Z");
        Assert.That(VisitorOf(), Is.EqualTo(first)); // a replay of old entries between new ones
    }

    [Test]
    public void Visitor_AnotherSecret_IsAnother() =>
        Assert.That(VisitorOf(ProcessorWith("another")), Is.Not.EqualTo(VisitorOf()));

    [Test]
    public void Visitor_NoSecretOrNoAddress_IsNull() =>
        Assert.That((VisitorOf(ProcessorWith(null)), VisitorOf(remoteIp: null)), Is.EqualTo(((string?)null, (string?)null)));

    [Test]
    public void Visitor_AgentOfAnyLength_IsHashed() =>
        Assert.That(VisitorOf(userAgent: new string('a', 5_000)), Is.Not.EqualTo(VisitorOf(userAgent: new string('a', 5_001))));

    private static PixelProcessor ProcessorWith(string? secret)
    {
        var schema = EventSchema.Parse(
            """[{"name":"event_id","type":"STRING"},{"name":"event_time","type":"TIMESTAMP"},{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"visitor","type":"STRING"}]"""u8,
            "schema.json", new ColumnSources(new SourceOptions { VisitorSecret = secret }));
        return Some.Processor(schema);
    }

    private static string? VisitorOf(string timestamp = "2026-11-20T00:00:00Z", string? remoteIp = "203.0.113.7", string userAgent = "Mozilla/5.0") =>
        VisitorOf(Processor, timestamp, remoteIp, userAgent);

    private static string? VisitorOf(PixelProcessor processor, string timestamp = "2026-11-20T00:00:00Z", string? remoteIp = "203.0.113.7", string userAgent = "Mozilla/5.0") =>
        (string?)((EntryOutcome.Written)processor.Process(Some.LogEntry(timestamp: timestamp, remoteIp: remoteIp, userAgent: userAgent))).Row["visitor"];
}
