using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Logs;

public sealed class EventIdTests
{
    private static readonly PixelProcessor Processor = Some.Processor();

    [TestCase("2026-11-20T11:12:28.408747000Z")]
    [TestCase("2026-11-20T12:12:28.408747+01:00")]
    [TestCase("2026-11-20t11:12:28.408747z")]
    public void EventId_SameInstantSpeltOtherwise_IsTheSame(string timestamp) =>
        Assert.That(IdOf(Some.LogEntry(timestamp: timestamp)), Is.EqualTo(IdOf(Some.LogEntry())));

    [Test]
    public void EventId_OtherFieldsChanged_IsTheSame() =>
        Assert.That(IdOf(Some.LogEntry(requestUrl: Some.PixelUrl + "?user_id=other", userAgent: "x")), Is.EqualTo(IdOf(Some.LogEntry())));

    [TestCase("2026-11-20T11:12:28.408747001Z")] // one nanosecond later, though the same microsecond
    [TestCase("2026-11-20T11:12:29.408747Z")]
    public void EventId_OtherInstant_Differs(string timestamp) =>
        Assert.That(IdOf(Some.LogEntry(timestamp: timestamp)), Is.Not.EqualTo(IdOf(Some.LogEntry())));

    [Test]
    public void EventId_OtherInsertId_Differs() =>
        Assert.That(IdOf(Some.LogEntry(insertId: "1a2b3d")), Is.Not.EqualTo(IdOf(Some.LogEntry(insertId: "1a2b3c"))));

    [TestCase(null)]
    [TestCase("")]
    public void EventId_WithoutInsertId_IsOfTheBytes(string? insertId)
    {
        var id = IdOf(Some.LogEntry(insertId: insertId));
        Assert.That(IdOf(Some.LogEntry(insertId: insertId)), Is.EqualTo(id));
        Assert.That(IdOf(Some.LogEntry(insertId: insertId, userAgent: "x")), Is.Not.EqualTo(id));
    }

    [Test]
    public void EventId_LongInsertId_IsRead() =>
        Assert.That(IdOf(Some.LogEntry(insertId: new string('a', 5_000))), Is.Not.EqualTo(IdOf(Some.LogEntry(insertId: new string('a', 5_001)))));

    [Test]
    public void EventId_Form_IsThirtyTwoHexDigits() => Assert.That(IdOf(Some.LogEntry()), Does.Match("^[0-9a-f]{32}$"));

    [Test]
    public void EventId_KnownEntry_NeverChanges() =>
        Assert.That(IdOf(Some.LogEntry()), Is.EqualTo("fc6fff61aaadf730317fa0fcd9f3eec2"), "ids stand in tables: a new way to make them would double replayed events");

    [Test]
    public void EventId_Row_HasItAsInsertIdAndColumn()
    {
        var row = ((EntryOutcome.Written)Processor.Process(Some.LogEntry())).Row;
        Assert.That(row["event_id"], Is.EqualTo(row.InsertId));
    }

    private static string IdOf(byte[] entry) => ((EntryOutcome.Written)Processor.Process(entry)).Row.InsertId;
}
