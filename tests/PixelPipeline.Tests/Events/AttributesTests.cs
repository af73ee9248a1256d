using PixelPipeline.Events;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Events;

public sealed class AttributesTests
{
    private static readonly PixelProcessor Processor = Some.Processor();

    [TestCase("type=open&type=click", "open")] // the first wins
    [TestCase("type=&type=click", null)] // also when it is empty
    [TestCase("type&type=click", null)]
    [TestCase("amp;type=click", "click")]
    [TestCase("amp;type=open&type=click", "open")]
    [TestCase("type=open&amp;type=click", "open")]
    [TestCase("amp;amp;type=click", null)] // one ampersand was escaped, not two
    [TestCase("AMP;type=click", null)]
    [TestCase("amp%3Btype=click", "click")]
    [TestCase("Type=click", null)]
    [TestCase("TYPE=click", null)]
    [TestCase("t%79pe=click", "click")] // names are decoded too
    [TestCase("type+=click", null)]
    [TestCase("type[]=click", null)]
    [TestCase("type=", null)]
    [TestCase("type", null)]
    [TestCase("type==", "=")]
    [TestCase("type=+", " ")] // a space is a value
    [TestCase("type=%00", "\0")]
    [TestCase("x=type", null)]
    public void Type_Query_GivesItsValue(string query, string? expected) =>
        Assert.That(RowOf($"user_id=u&{query}")["type"], Is.EqualTo(expected));

    [TestCase("type", "%78", 8_192, true)]
    [TestCase("type", "%78", 8_193, false)]
    [TestCase("type", "é", 4_096, true)] // two bytes each
    [TestCase("type", "é", 4_097, false)]
    [TestCase("type", "%E2%82%AC", 2_730, true)] // three: 8,190
    [TestCase("type", "%E2%82%AC", 2_731, false)]
    [TestCase("type", "%FF", 2_731, false)] // each becomes U+FFFD, which has three
    [TestCase("user_id", "a", 8_193, false)]
    [TestCase("unlisted", "a", 9_000, true)]
    public void Value_DecodedLength_IsBounded(string name, string character, int count, bool written)
    {
        var outcome = Processor.Process(Some.Hit($"{name}={string.Concat(Enumerable.Repeat(character, count))}&user_id=u"));
        Assert.That(
            outcome is EntryOutcome.Rejected rejected ? $"{rejected.Reason} {rejected.Column}" : "Written",
            Is.EqualTo(written ? "Written" : $"InvalidValue {name}"));
    }

    [Test]
    public void Name_LongestFullyEncoded_IsFound()
    {
        var name = new string('x', SchemaFile.MaxNameLength);
        var encoded = string.Concat(Enumerable.Repeat("%78", SchemaFile.MaxNameLength));
        var written = (EntryOutcome.Written)Some.Processor(Some.Schema($"{name} STRING")).Process(Some.Hit($"user_id=u&%61%6D%70%3B{encoded}=1"));
        Assert.That(written.Row[name], Is.EqualTo("1"));
    }

    [Test]
    public void EntryColumns_NamedInTheQuery_AreNotTakenFromIt()
    {
        var row = RowOf("user_id=u&event_id=mine&event_time=2000-01-01T00:00:00Z&user_agent=mine&referer=mine");
        Assert.That(row.Values, Has.None.EqualTo("mine"));
        Assert.That(row.EventTime.Year, Is.EqualTo(2026));
    }

    private static EventRow RowOf(string query) => ((EntryOutcome.Written)Processor.Process(Some.Hit(query))).Row;
}
