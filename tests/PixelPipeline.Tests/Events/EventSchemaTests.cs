using System.Text;
using PixelPipeline.Events;

namespace PixelPipeline.Tests.Events;

public sealed class EventSchemaTests
{
    [Test]
    public void Parse_ShippedFile_HasWhatAPageViewHolds() =>
        Assert.That(Some.ShippedSchema().Columns.Select(c => $"{c.Name} {c.Type}{(c.IsRequired ? " required" : "")}"), Is.EqualTo(
        [
            "event_id String required", "event_time Timestamp required", "user_id String required",
            "type String", "order_id String", "page String", "site String", "referrer String", "title String", "language String", "screen_width Integer", "hit_id String",
            "utm_source String", "utm_medium String", "utm_campaign String", "referer String", "user_agent String",
            "agent_class String", "browser String", "os String", "device String", "visitor String",
        ]));

    [TestCase("STRING", ColumnType.String)]
    [TestCase("INTEGER", ColumnType.Integer)]
    [TestCase("INT64", ColumnType.Integer)]
    [TestCase("FLOAT", ColumnType.Float)]
    [TestCase("FLOAT64", ColumnType.Float)]
    [TestCase("NUMERIC", ColumnType.Numeric)]
    [TestCase("DECIMAL", ColumnType.Numeric)]
    [TestCase("BOOLEAN", ColumnType.Boolean)]
    [TestCase("BOOL", ColumnType.Boolean)]
    [TestCase("TIMESTAMP", ColumnType.Timestamp)]
    [TestCase("DATE", ColumnType.Date)]
    [TestCase("string", ColumnType.String)]
    public void Parse_Type_HasOldAndNewSpellings(string type, ColumnType expected) =>
        Assert.That(Some.Schema($"x {type}").Columns[^1].Type, Is.EqualTo(expected));

    // The second line of a file whose first declares what every schema needs.
    [TestCase("""{"name":"x","type":"STRNG"}""", "line 2", "x", "STRNG", "STRING")]
    [TestCase("""{"name":"x","type":"RECORD"}""", "line 2", "x", "RECORD")]
    [TestCase("""{"name":"x"}""", "line 2", "x", "type")]
    [TestCase("""{"type":"STRING"}""", "line 2", "name")]
    [TestCase("""{"name":7,"type":"STRING"}""", "line 2", "name", "quotes")]
    [TestCase("""{"name":"x","type":"STRING","mode":"REPEATED"}""", "line 2", "x", "REPEATED", "NULLABLE or REQUIRED")]
    [TestCase("""{"name":"x","type":"STRING","mode":null}""", "line 2", "mode")]
    [TestCase("""{"name":"x","type":"STRING","Mode":"REQUIRED"}""", "line 2", "x", "Mode", "mode")]
    [TestCase("""{"name":"x","type":"STRING","fields":[]}""", "line 2", "x", "fields")]
    [TestCase("""{"name":"1x","type":"STRING"}""", "line 2", "1x", "digit")]
    [TestCase("""{"name":"user-id","type":"STRING"}""", "line 2", "user-id", "underscores")]
    [TestCase("""{"name":"","type":"STRING"}""", "line 2", "letters")]
    [TestCase("""{"name":"é","type":"STRING"}""", "line 2", "letters")]
    [TestCase("""{"name":"\ud800","type":"STRING"}""", "line 2", "Unicode")]
    [TestCase("""{"\udc00xxx":"x","name":"x","type":"STRING"}""", "line 2", "Unicode")]
    [TestCase("""{"name":"a\nb","type":"STRING"}""", "line 2", "letters")]
    [TestCase("""{"name":"_TABLE_SUFFIX","type":"STRING"}""", "line 2", "_TABLE_")]
    [TestCase("""{"name":"_partitiontime","type":"STRING"}""", "line 2", "_PARTITION")]
    [TestCase("""{"name":"Event_ID","type":"STRING"}""", "line 2", "Event_ID", "case")]
    [TestCase("""{"name":"x","type":"BYTES"}""", "line 2", "x", "BYTES")]
    [TestCase("""{"name":"referer","type":"INTEGER"}""", "line 2", "referer", "STRING")]
    [TestCase("\"x\"", "line 2", "object")]
    [TestCase("""{"name":"x" "type":"STRING"}""", "line 2", "a comma is missing in this line")]
    [TestCase("""{"name":"x","type":"STRING"}]]""", "line 2", "brackets")]
    public void Parse_BadColumn_SaysFileLineAndWhatToMend(string column, params string[] parts)
    {
        var json = $$"""[{"name":"event_id","type":"STRING"}, {"name":"event_time","type":"TIMESTAMP"},""" + $"\n{column}\n]";
        var message = Error(json);
        Assert.That(message, Does.StartWith("conf/schema.json line 2: ").And.Not.Contain("\n"));
        Assert.That(parts, Has.All.Matches<string>(p => message.Contains(p, StringComparison.Ordinal)), message);
    }

    [TestCase("", "line 1")]
    [TestCase("{}", "line 1", "array")]
    [TestCase("[]", "line 1", "no column")]
    [TestCase("[", "line 1", "brackets")]
    [TestCase("[\n{\"name\":\"event_id\",\"type\":\"STRING\"}\n\n\n{\"name\":\"event_time\",\"type\":\"TIMESTAMP\"}]", "line 2", "a comma is missing at the end of this line")]
    [TestCase("[{\"name\":\"event_id\"\n  , \"type\": \"STRING\"\n\n\"mode\":\"REQUIRED\"}]", "line 2", "a comma is missing")] // within a column
    [TestCase("[{\"name\" \"event_id\"}]", "line 1", "quotes")] // a colon is
    [TestCase("""[{"name":"event_time","type":"TIMESTAMP"}]""", "event_id", "\"STRING\"")]
    [TestCase("""[{"name":"event_id","type":"STRING"}]""", "event_time", "\"TIMESTAMP\"")]
    public void Parse_BadFile_SaysWhatToMend(string json, params string[] parts)
    {
        var message = Error(json);
        Assert.That(parts.Prepend("conf/schema.json"), Has.All.Matches<string>(p => message.Contains(p, StringComparison.Ordinal)), message);
    }

    [Test]
    public void Parse_ByteOrderMarkCommentsTrailingCommas_AreAccepted()
    {
        var json = "\uFEFF// ours\n[{\"name\":\"event_id\",\"type\":\"STRING\",}, /* when */ {\"name\":\"event_time\",\"type\":\"TIMESTAMP\"},]";
        Assert.That(EventSchema.Parse(Encoding.UTF8.GetBytes(json), "schema.json").Columns, Has.Length.EqualTo(2));
    }

    [Test]
    public void Parse_LongestName_IsAccepted()
    {
        var name = new string('x', SchemaFile.MaxNameLength);
        Assert.That(Some.Schema($"{name} STRING").IndexOf(name), Is.EqualTo(3));
        Assert.That(() => Some.Schema($"{name}x STRING"), Throws.TypeOf<SchemaException>());
    }

    private static string Error(string json) =>
        Assert.Throws<SchemaException>(() => EventSchema.Parse(Encoding.UTF8.GetBytes(json), "conf/schema.json"))!.Message;
}
