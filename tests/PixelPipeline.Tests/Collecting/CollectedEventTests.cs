using System.Text;
using System.Text.Json.Nodes;
using PixelPipeline.Collecting;
using PixelPipeline.Events;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Collecting;

/// <summary>A posted event, transformed, checked, published and processed.</summary>
internal sealed class CollectedEventTests
{
    private const string Steps =
        """
        [
          { "rename": "id", "to": "event_id" },
          { "rename": "sensor_id", "to": "user_id" },
          { "constant": "type", "value": "reading" },
          { "epoch": "epoch", "to": "read_at", "unit": "milliseconds" },
          { "bucket": "temperature", "to": "temp_group", "bounds": [15, 25], "labels": ["A", "B", "C"] }
        ]
        """;

    private static readonly EventSchema Schema = Some.Schema("type STRING", "temperature FLOAT", "temp_group STRING", "read_at TIMESTAMP", "user_agent STRING", "remote_ip STRING");
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Reading_Transformed_IsARowWithItsGroupAndTimestamp()
    {
        var row = RowOf("""{"id":17,"sensor_id":"cellar","temperature":21.5,"epoch":1795230000123.9,"unlisted":"x"}""");
        Assert.Multiple(() =>
        {
            Assert.That(row["user_id"], Is.EqualTo("cellar"));
            Assert.That(row["type"], Is.EqualTo("reading"));
            Assert.That(row["temperature"], Is.EqualTo(21.5));
            Assert.That(row["temp_group"], Is.EqualTo("B"));
            Assert.That(row["read_at"], Is.EqualTo(new DateTime(2026, 11, 21, 3, 0, 0, 123, 900, DateTimeKind.Utc)));
            Assert.That(row["user_agent"], Is.EqualTo("sensor/1"));
            Assert.That(row["remote_ip"], Is.EqualTo("203.0.113.7"));
        });
    }

    [TestCase("14.99", "A")]
    [TestCase("15", "B")] // a bound belongs to the group above it
    [TestCase("24.999999", "B")]
    [TestCase("25", "C")]
    [TestCase("\"-3\"", "A")]
    public void Bucket_AroundItsBounds_IsTheRightOne(string temperature, string group) =>
        Assert.That(RowOf($$"""{"sensor_id":"s","temperature":{{temperature}}}""")["temp_group"], Is.EqualTo(group));

    [TestCase("""{"sensor_id":"s","epoch":"soon"}""", "#/epoch")]
    [TestCase("""{"sensor_id":"s","epoch":1e300}""", "#/epoch")]
    [TestCase("""{"sensor_id":"s","epoch":99999999999999999}""", "#/epoch")]
    [TestCase("""{"sensor_id":"s","temperature":{"c":1}}""", "#/temperature")]
    [TestCase("""{"sensor_id":["s"]}""", "#/sensor_id")] // named as the client spelt it
    [TestCase("""{"temperature":1}""", "#/user_id")]
    [TestCase("""[{"sensor_id":"s"},{"sensor_id":""}]""", "#/1/user_id")]
    [TestCase("""{"sensor_id":"s","id":[1]}""", "#/id")]
    public void Event_WithAWrongField_NamesIt(string body, string pointer) =>
        Assert.That(ErrorsOf(body).Select(e => e.JsonPointer), Does.Contain(pointer));

    [Test]
    public void UnknownField_WhereThatIsRefused_IsAnErrorWithItsName() =>
        Assert.That(ErrorsOf("""{"sensor_id":"s","a/b":1}""", refuseUnknown: true).Single().JsonPointer, Is.EqualTo("#/a~1b"));

    [TestCase("""{"sensor_id":"s","celsius":21}""")] // a bucket's, which keeps it
    [TestCase("""{"sensor_id":"s","ts":null}""")] // an epoch's, which leaves what is nothing
    public void UnknownField_ThatATransformationTakes_IsNotRefused(string body)
    {
        var schema = Some.Schema("temp_group STRING", "read_at TIMESTAMP");
        var steps = Transformations("""[{"rename":"sensor_id","to":"user_id"},{"bucket":"celsius","to":"temp_group","bounds":[15],"labels":["A","B"]},{"epoch":"ts","to":"read_at"}]""", schema);
        Assert.That(new EventContract(schema, steps, refuseUnknown: true).Apply(EventsOf(body)), Is.Empty);
    }

    [TestCase("user_agent", "#/user_agent")]
    [TestCase("referer", "#/referer")]
    [TestCase("remote_ip", "#/remote_ip")]
    public void ClientColumn_ThatIsRequired_IsAnErrorWhereTheRequestHasNone(string column, string pointer)
    {
        var contract = new EventContract(Some.Schema($"{column} STRING REQUIRED"), TransformationFile.None, refuseUnknown: false);
        const string body = """{"user_id":"a"}""";
        Assert.That(contract.Apply(EventsOf(body), default(CollectedClient)).Single().JsonPointer, Is.EqualTo(pointer));
        Assert.That(contract.Apply(EventsOf(body), new CollectedClient("agent", "https://www.example.com/", "203.0.113.7")), Is.Empty);
        Assert.That(contract.Apply(EventsOf(body)), Is.Empty, "a client that is not known");
    }

    [Test]
    public void UnlistedField_NestedToAnyDepth_IsDropped() =>
        Assert.That(RowOf($$"""{"sensor_id":"s","x":{{Nested(100_000)}}}""")["user_id"], Is.EqualTo("s"));

    [Test]
    public void OwnId_SentAgainAtAnotherTime_IsTheSameEvent()
    {
        const string body = """{"id":"r-1","sensor_id":"s","temperature":1}""";
        Assert.That(RowOf(body, key: "shop").InsertId, Is.EqualTo(RowOf(body, key: "shop", time: Noon.AddDays(1)).InsertId));
    }

    [TestCase("""{"id":"r-2","sensor_id":"s"}""", "shop")]
    [TestCase("""{"id":"r-1","sensor_id":"s"}""", "other")] // nobody reaches another key's ids
    [TestCase("""{"sensor_id":"s"}""", "shop")]
    public void OtherIdOrKey_IsAnotherEvent(string body, string key) =>
        Assert.That(RowOf(body, key).InsertId, Is.Not.EqualTo(RowOf("""{"id":"r-1","sensor_id":"s"}""", "shop").InsertId));

    [Test]
    public void EventId_InAnEntryThatIsNoEvent_IsNotBelieved()
    {
        var plain = Some.LogEntry();
        var forged = Some.LogEntry(jsonPayload: new JsonObject { ["eventId"] = "chosen" });
        Assert.That(IdOf(forged), Is.EqualTo(IdOf(plain)));
    }

    [TestCase("""{}""", "step", "begins")]
    [TestCase("""[{"rename":"a"}]""", "step 1", "\"to\"")]
    [TestCase("""[{"constant":"type","value":"x"},{"epoch":"e","to":"read_at","unit":"days"}]""", "step 2", "unit")]
    [TestCase("""[{"bucket":"t","to":"temp_group","bounds":[2,1],"labels":["a","b","c"]}]""", "step 1", "rise")]
    [TestCase("""[{"bucket":"t","to":"temp_group","bounds":[1],"labels":["a"]}]""", "step 1", "label")]
    [TestCase("""[{"rename":"a","to":"misspelt"}]""", "step 1", "misspelt")]
    [TestCase("""[{"rename":"seen","to":"event_time"}]""", "step 1", "attribute")] // filled from the entry: the value would be dropped
    [TestCase("""[{"constant":"user_agent","value":"x"}]""", "step 1", "attribute")]
    [TestCase("""[{"constant":"event_id","value":"x"}]""", "step 1", "event_id")] // all events would be one
    [TestCase("""[{"bucket":"t","to":"event_id","bounds":[1],"labels":["a","b"]}]""", "step 1", "event_id")]
    [TestCase("""[{"constant":"id","value":"x"},{"rename":"id","to":"event_id"}]""", "step 2", "event_id")]
    [TestCase("""[{"constant":"type","value":"\ud800"}]""", "step 1", "Unicode")]
    [TestCase("""[{"\ud800":"type","value":"x"}]""", "step 1", "Unicode")]
    [TestCase("[", "line 1", "JSON")]
    public void Transformations_WithAnError_SayWhere(string json, string where, string what)
    {
        var error = Assert.Throws<SchemaException>(() => Transformations(json, Schema));
        Assert.That(error!.Message, Does.Contain(json == "{}" ? "array of steps" : where).And.Contain(json == "{}" ? "array" : what));
    }

    [Test]
    public void RandomBodies_AreAcceptedOrNamedWrong_AndNeverThrow()
    {
        var random = new Random(Some.Seed());
        string[] seeds = ["""{"id":1,"sensor_id":"s\ud800","temperature":21.5,"epoch":1795230000}""", """[{"sensor_id":"a"},{"sensor_id":null,"temperature":true}]""", "[[[]]]", "\"text\"", ""];
        for (var i = 0; i < 1_000; i++)
        {
            var body = Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]);
            for (var change = random.Next(4); change > 0 && body.Length > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            if (EventBody.TryRead(body, out var events, out var error))
            {
                var wrong = Contract(refuseUnknown: false).Apply(events);
                Assert.That(wrong.Count > 0 || events.All(e => new PixelProcessor(Schema, Some.Layout(Schema), "/p").Process(Publish(e, "").Span) is EntryOutcome.Written), Convert.ToHexString(body));
            }
            else
            {
                Assert.That(error.Message, Is.Not.Empty);
            }
        }
    }

    [Test]
    public void Transformations_WithAByteOrderMark_AreRead() =>
        Assert.That(Transformations('\uFEFF' + Steps, Schema).Steps, Has.Count.EqualTo(5));

    private static EventContract Contract(bool refuseUnknown) => new(Schema, Transformations(Steps, Schema), refuseUnknown);

    private static TransformationFile Transformations(string json, EventSchema schema) =>
        TransformationFile.Parse(Encoding.UTF8.GetBytes(json), "transformations.json", schema);

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static IReadOnlyList<CollectedEvent> EventsOf(string body)
    {
        Assert.That(EventBody.TryRead(Encoding.UTF8.GetBytes(body), out var events, out _), Is.True);
        return events!;
    }

    private static IReadOnlyList<FieldError> ErrorsOf(string body, bool refuseUnknown = false) => Contract(refuseUnknown).Apply(EventsOf(body));

    private static EventRow RowOf(string body, string key = "", DateTimeOffset? time = null)
    {
        var events = EventsOf(body);
        Assert.That(Contract(refuseUnknown: false).Apply(events), Is.Empty);
        var entry = Publish(events.Single(), key, time);
        return ((EntryOutcome.Written)new PixelProcessor(Schema, Some.Layout(Schema), "/pixel.png").Process(entry.Span)).Row;
    }

    private static ReadOnlyMemory<byte> Publish(CollectedEvent collected, string key, DateTimeOffset? time = null) =>
        new CollectedEntry("projects/p/logs/collect", new CollectedClient("sensor/1", null, "203.0.113.7"), key).Write(collected, time ?? Noon);

    private static string IdOf(byte[] entry) => ((EntryOutcome.Written)Some.Processor().Process(entry)).Row.InsertId;
}
