using System.Text;
using System.Text.Json.Nodes;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests;

public sealed class PixelProcessorTests
{
    private static readonly PixelProcessor Processor = Some.Processor();

    [TestCase("/pixel.png?user_id=u", "relative")]
    [TestCase("ftp://track.example.com/pixel.png?user_id=u", "scheme")]
    [TestCase("https:///pixel.png?user_id=u", "no host")]
    [TestCase("https://", "nothing")]
    public void Process_UnreadableUrl_IsRejected(string url, string _) =>
        Assert.That(Outcome(Some.LogEntry(requestUrl: url)), Is.EqualTo("rejected unreadable_url"));

    [TestCase("GET", "https://a.example/pixel.png?user_id=u", "written")]
    [TestCase("HEAD", "https://a.example/pixel.png?user_id=u", "ignored other_method")]
    [TestCase("get", "https://a.example/pixel.png?user_id=u", "ignored other_method")] // methods are case-sensitive
    [TestCase(null, "https://a.example/pixel.png?user_id=u", "ignored other_method")]
    [TestCase("GET", "https://a.example/Pixel.png?user_id=u", "ignored other_path")]
    [TestCase("GET", "https://a.example/pixel.png/?user_id=u", "ignored other_path")]
    [TestCase("GET", "https://a.example?user_id=u", "ignored other_path")]
    [TestCase("GET", "https://a.example//pixel.png?user_id=u", "ignored other_path")]
    [TestCase("GET", "https://a.example/pixel.png?", "ignored no_attributes")]
    [TestCase("GET", "https://a.example/pixel.png#user_id=u", "ignored no_attributes")] // a fragment is no query
    [TestCase("GET", "https://a.example/pixel.png?&", "rejected missing_required")]
    [TestCase("GET", "HTTPS://a.example:8443/pixel.png?user_id=u", "written")]
    public void Process_Request_GoesByMethodPathAndQuery(string? method, string url, string expected) =>
        Assert.That(Outcome(Some.LogEntry(requestUrl: url, requestMethod: method)), Is.EqualTo(expected));

    [TestCase("other", "written")]
    [TestCase("type", "rejected invalid_value")]
    public void Process_EventNestedToAnyDepth_GoesByWhatTheSchemaLists(string field, string expected)
    {
        var nested = new string('[', 100_000) + new string(']', 100_000);
        Assert.That(Outcome(Encoding.UTF8.GetBytes($$"""{"timestamp":"{{Some.Timestamp}}","jsonPayload":{"event":{"user_id":"u","{{field}}":{{nested}}} } }""")), Is.EqualTo(expected));
    }

    [TestCase("Cloud-CDN-Google (GFE/2.0)", "ignored cdn_internal")]
    [TestCase("Mozilla/5.0 Cloud-CDN-Google", "written")] // it must begin so
    [TestCase("", "written")]
    public void Process_UserAgent_TellsCdnRequests(string userAgent, string expected) =>
        Assert.That(Outcome(Some.LogEntry(userAgent: userAgent)), Is.EqualTo(expected));

    [Test]
    public void Process_ParentInsertId_IsCdnInternalBeforeAnythingElse()
    {
        var entry = Some.LogEntry(requestUrl: "https://a.example/other", requestMethod: "POST", jsonPayload: new JsonObject { ["parentInsertId"] = "x" });
        Assert.That(Outcome(entry), Is.EqualTo("ignored cdn_internal"));
    }

    [TestCase("""{"user_id":"u","type":"buy"}""", "written")]
    [TestCase("""{"type":"buy"}""", "rejected missing_required")]
    [TestCase("""{"user_id":""}""", "rejected missing_required")]
    [TestCase("""{"user_id":null}""", "rejected missing_required")]
    [TestCase("{}", "rejected missing_required")]
    [TestCase("\"user_id\"", "rejected missing_required")] // no object, so no fields
    [TestCase("[]", "rejected missing_required")]
    [TestCase("""{"user_id":"u","type":{"email":"a@b.c"}}""", "rejected invalid_value")] // its fields are in no schema
    [TestCase("""{"user_id":["u"]}""", "rejected invalid_value")]
    [TestCase("""{"user_id":"u","unlisted":{"email":"a@b.c"}}""", "written")]
    [TestCase("null", "ignored not_a_request")] // no event
    public void Process_CollectedEvent_GoesStraightToTheRequiredColumns(string json, string expected) =>
        Assert.That(Outcome(Some.CollectedEvent(json)), Is.EqualTo(expected));

    [Test]
    public void Process_CollectedEventWithRequest_IgnoresTheRequest()
    {
        var payload = new JsonObject { ["event"] = new JsonObject { ["user_id"] = "u" }, ["parentInsertId"] = "x" };
        Assert.That(Outcome(Some.LogEntry(requestUrl: "no url", requestMethod: "POST", jsonPayload: payload)), Is.EqualTo("written"));
    }

    [Test]
    public void Process_CollectedEvent_TakesTextsOfScalars()
    {
        var processor = Some.Processor(Some.Schema("age INTEGER", "vip BOOLEAN", "note STRING", "gone STRING"));
        var written = (EntryOutcome.Written)processor.Process(Some.CollectedEvent("""{"user_id":7,"age":41,"vip":true,"note":"a\"ü\n","gone":null}"""));
        Assert.That(written.Row.Values.Skip(2), Is.EqualTo(new object?[] { "7", 41L, true, "a\"ü\n", null }));
    }

    [Test]
    public void Process_CollectedEvent_LeavesUnlistedFieldsAndEntryColumnsOut()
    {
        var written = (EntryOutcome.Written)Processor.Process(Some.CollectedEvent("""{"user_id":"u","email":"x","event_id":"mine","user_agent":"mine"}"""));
        Assert.That(written.Row.Values, Has.None.EqualTo("mine").And.None.EqualTo("x"));
    }

    [Test]
    public void Process_OneTickBeforeMidnight_StaysInItsDay()
    {
        var written = (EntryOutcome.Written)Processor.Process(Some.LogEntry(timestamp: "2026-12-31T23:59:59.999999999Z"));
        Assert.That((written.Table.Suffix, written.Row.EventTime), Is.EqualTo(
            ($"_{Some.UserId}_20261231", new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMicroseconds(-1))));
    }

    [Test]
    public void Process_Offset_NamesTheTableByTheUtcDay()
    {
        var written = (EntryOutcome.Written)Processor.Process(Some.LogEntry(timestamp: "2026-11-21T00:30:00+01:00"));
        Assert.That(written.Table.Suffix, Is.EqualTo($"_{Some.UserId}_20261120"));
    }

    [Test]
    public void Process_UserIdsThatDifferByCase_GoToTwoTables()
    {
        var tables = new[] { "Alice", "alice" }.Select(u => ((EntryOutcome.Written)Processor.Process(Some.Hit($"user_id={u}"))).Table.Id);
        Assert.That(tables, Is.EqualTo(["pixel_Alice_20261120", "pixel_alice_20261120"]));
    }

    [Test]
    public void Process_MissingAndInvalid_TellsTheMissingOne()
    {
        var processor = Some.Processor(Some.Schema("age INTEGER", "plan STRING REQUIRED"));
        var rejected = (EntryOutcome.Rejected)processor.Process(Some.Hit("user_id=u&age=old"));
        Assert.That((rejected.Reason, rejected.Column), Is.EqualTo((RejectedReason.MissingRequired, "plan")));
    }

    [Test]
    public void Process_Rejected_SaysNothingThatTheClientSent()
    {
        var processor = Some.Processor(Some.Schema("age INTEGER"));
        var rejected = (EntryOutcome.Rejected)processor.Process(Some.Hit("user_id=u&age=s3cret"));
        Assert.That(rejected.Message, Does.Contain("age").And.Not.Contain("s3cret"));
    }

    [Test]
    public void Process_UnreadableEntry_HasTheIdOfItsBytes()
    {
        var first = (EntryOutcome.Rejected)Processor.Process("{"u8);
        Assert.That(first.EventId, Is.EqualTo(((EntryOutcome.Rejected)Processor.Process("{"u8)).EventId)
            .And.Not.EqualTo(((EntryOutcome.Rejected)Processor.Process("["u8)).EventId));
    }

    private static string Outcome(byte[] entry) => Processor.Process(entry) switch
    {
        EntryOutcome.Ignored ignored => "ignored " + ignored.Reason.ToLabel(),
        EntryOutcome.Rejected rejected => "rejected " + rejected.Reason.ToLabel(),
        _ => "written",
    };
}
