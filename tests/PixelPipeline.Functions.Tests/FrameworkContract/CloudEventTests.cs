using System.Net;
using System.Text.Json;

namespace PixelPipeline.Functions.Tests.FrameworkContract;

/// <summary>How the framework answers requests to a function for Pub/Sub messages.</summary>
public sealed class CloudEventTests
{
    private FunctionProcess _function = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _function = await FunctionProcess.StartAsync(typeof(MessageEcho));

    [OneTimeTearDown]
    public async Task StopAsync() => await _function.DisposeAsync();

    [TestCase("/")]
    [TestCase("/some/path?with=query")]
    public async Task Binary_AnyPath_GivesTheMessage(string path)
    {
        var answer = await SendAsync(Push.Binary(Push.Body(), path));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.Empty);
        AssertMessage(answer);
    }

    [Test]
    public async Task Binary_Headers_AreTheEvent()
    {
        var told = (await SendAsync(Push.Binary(Push.Body()))).Told("x-event");

        Assert.That(told.GetProperty("Id").GetString(), Is.EqualTo("e-1"));
        Assert.That(told.GetProperty("Type").GetString(), Is.EqualTo("google.cloud.pubsub.topic.v1.messagePublished"));
        Assert.That(told.GetProperty("Source").GetString(), Is.EqualTo(Push.Topic));
        Assert.That(told.GetProperty("Time").GetString(), Does.StartWith("2026-01-02T03:04:05.678"));
        Assert.That(told.GetProperty("DataContentType").GetString(), Is.EqualTo("application/json"));
    }

    [Test]
    public async Task Structured_Event_GivesTheMessage()
    {
        var answer = await SendAsync(Push.Structured(Push.Body()));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        AssertMessage(answer);
        Assert.That(answer.Told("x-event").GetProperty("Subject").GetString(), Is.EqualTo("s"));
    }

    [Test]
    public async Task RawPush_PathOfATopic_GivesTheMessageAndItsSource()
    {
        var answer = await SendAsync(Push.Raw(Push.Body(), "/projects/p/topics/t"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        AssertMessage(answer);
        var told = answer.Told("x-event");
        Assert.That(told.GetProperty("Id").GetString(), Is.EqualTo("m-1"));
        Assert.That(told.GetProperty("Type").GetString(), Is.EqualTo("google.cloud.pubsub.topic.v1.messagePublished"));
        Assert.That(told.GetProperty("Source").GetString(), Is.EqualTo("//pubsub.googleapis.com/projects/p/topics/t"));
    }

    [Test]
    public async Task RawPush_OtherPath_NamesAnUnknownTopic()
    {
        var answer = await SendAsync(Push.Raw(Push.Body()));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            answer.Told("x-event").GetProperty("Source").GetString(),
            Is.EqualTo("//pubsub.googleapis.com/projects/unknown-project!/topics/unknown-topic!"));
    }

    [TestCaseSource(nameof(Malformed))]
    public async Task Request_WithoutAnEvent_IsAnsweredWith400(HttpRequestMessage request)
    {
        var answer = await SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task Binary_EmptyObject_HasNoMessage()
    {
        var answer = await SendAsync(Push.Binary("{}"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Told("x-data").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Binary_EmptyBody_HasNoData()
    {
        var answer = await SendAsync(Push.Binary(""));

        Assert.That(answer.Told("x-data").GetString(), Is.EqualTo("no data"));
    }

    [TestCaseSource(nameof(Taken))]
    public async Task Request_OddButAnEvent_GivesTheMessage(HttpRequestMessage request, string attribute, string value)
    {
        var answer = await SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Told("x-data").ValueKind, Is.EqualTo(JsonValueKind.Object));
        Assert.That(answer.Told("x-event").GetProperty(attribute).GetString(), Is.EqualTo(value));
    }

    [Test]
    public async Task PublishTime_Nanoseconds_AreKept()
    {
        var answer = await SendAsync(Push.Binary("""{"message":{"publishTime":"2026-01-02T03:04:05.123456789Z"}}"""));

        Assert.That(answer.Told("x-data").GetProperty("PublishNanos").GetInt32(), Is.EqualTo(123_456_789));
    }

    [Test]
    public async Task Function_Throws_IsAnsweredWith500() =>
        Assert.That((await SendAsync(Push.Binary(Push.Body("throw")))).StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));

    [TestCase("/robots.txt")]
    [TestCase("/favicon.ico")]
    public async Task BrowserPath_IsAnsweredWith404(string path) =>
        Assert.That((await SendAsync(Push.Binary(Push.Body(), path))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

    [Test]
    public async Task TwoRequests_AreServedAtTheSameTime()
    {
        // Each of the two is answered only once the other has arrived.
        var answers = await Task.WhenAll(SendAsync(Push.Binary(Push.Body("meet"))), SendAsync(Push.Binary(Push.Body("meet"))));

        Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(answers.Select(answer => answer.Headers.GetValues("x-instance").Single()), Is.Unique, "the function is scoped");
    }

    [Test]
    public async Task Startups_RunInTheirOrder()
    {
        var answer = await SendAsync(Push.Binary(Push.Body()));

        Assert.That(answer.Headers.GetValues("x-startups"), Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public void Address_NotInAContainer_IsLoopback() => Assert.That(_function.Address.Host, Is.EqualTo("127.0.0.1"));

    private static IEnumerable<TestCaseData> Malformed() =>
    [
        Case("bad JSON", Push.Binary("{\"message\":")),
        Case("an array", Push.Binary("[]")),
        Case("data that is not base64", Push.Binary("""{"message":{"data":"%%%"}}""")),
        Case("a message that is a number", Push.Binary("""{"message":1,"subscription":"s"}""")),
        Case("no id", Push.Binary(Push.Body(), without: "ce-id")),
        Case("no type", Push.Binary(Push.Body(), without: "ce-type")),
        Case("no source", Push.Binary(Push.Body(), without: "ce-source")),
        Case("GET", new HttpRequestMessage(HttpMethod.Get, "/")),
        Case("structured without id", Push.Raw("""{"specversion":"1.0","type":"t","source":"s","data":{}}""", "/", "application/cloudevents+json")),
        Case("structured, bad JSON", Push.Raw("{", "/", "application/cloudevents+json")),
        Case("raw with a charset", Push.Raw(Push.Body(), "/", "application/json; charset=utf-8")),
        Case("raw without a message", Push.Raw("{}")),
        Case("raw without a subscription", Push.Raw("""{"message":{"messageId":"1"}}""")),
        Case("raw without a message id", Push.Raw("""{"message":{"data":""},"subscription":"s"}""")),
        Case("base64 without padding", Push.Binary("""{"message":{"data":"aGVsbG8"}}""")),
        Case("URL-safe base64", Push.Binary("""{"message":{"data":"_-8="}}""")),
        Case("a publish time without zone", Push.Binary("""{"message":{"publishTime":"2026-01-02T03:04:05"}}""")),
        Case("a number out of range in a field that no class knows", Push.Binary("""{"message":{"odd":1e999}}""")),
        Case("JSON called protobuf", Push.Binary(Push.Body(), contentType: "application/protobuf")),
        Case("a content type that is none", Push.Binary(Push.Body(), contentType: "json")),
        Case("lower-case t and z in ce-time", Push.Binary(Push.Body()).With("ce-time", "2026-01-02t03:04:05z")),
        Case("a lone percent sign in a header", Push.Binary(Push.Body()).With("ce-subject", "100%")),
        Case("an escape that is no UTF-8", Push.Binary(Push.Body()).With("ce-subject", "%FF")),
        Case("an attribute named data", Push.Binary(Push.Body()).With("ce-data", "1")),
        Case("a relative dataschema", Push.Binary(Push.Body()).With("ce-dataschema", "schema/1")),
        Case("structured with data_base64", Push.StructuredWith("\"data_base64\":\"e30=\"")),
        Case("structured with a number as subject", Push.StructuredWith("\"data\":{},\"subject\":1")),
        Case("raw with data of its own", Push.RawWith("\"data\":{}")),
        Case("raw with a timestamp of its own", Push.RawWith("\"timestamp\":\"2026-01-02T03:04:05Z\"")),
        Case("raw with a domain", Push.RawWith("\"domain\":\"d\"")),
        Case("raw with a null subscription", Push.Raw("""{"message":{"messageId":"1"},"subscription":null}""")),
    ];

    private static IEnumerable<TestCaseData> Taken() =>
    [
        Odd("a byte order mark", Push.Binary("\uFEFF" + Push.Body()), "Id", "e-1"),
        Odd("bytes that are no UTF-8", Push.BinaryBytes([.. "{\"message\":{\"attributes\":{\"a\":\""u8, 0xFF, .. "\"}}}"u8]), "Id", "e-1"),
        Odd("nesting over 64", Push.Binary($$$"""{"message":{"odd":{{{new string('[', 80)}}}{{{new string(']', 80)}}}}}"""), "Id", "e-1"),
        Odd("a message's own bytes", Push.BinaryBytes([0x0A, 0x02, 0x0A, 0x00], "application/protobuf"), "DataContentType", "application/protobuf"),
        Odd("a quoted header", Push.Binary(Push.Body()).With("ce-subject", "\"a \\\"b\\\"\""), "Subject", "a \"b\""),
        Odd("an escaped header", Push.Binary(Push.Body()).With("ce-subject", "caf%C3%A9"), "Subject", "café"),
        Odd("two content types", Push.Binary(Push.Body()).With("ce-datacontenttype", "text/plain"), "DataContentType", "application/json"),
        Odd("structured", Push.Structured(Push.Body()), "DataContentType", "application/json"),
        Odd("raw", Push.Raw(Push.Body(), "/projects/p/topics/t"), "Topic", "t"),
        Odd("raw to an unknown topic", Push.Raw(Push.Body()), "Topic", "unknown-topic!"),
    ];

    private static TestCaseData Odd(string name, HttpRequestMessage request, string attribute, string value) =>
        new TestCaseData(request, attribute, value).SetArgDisplayNames(name);

    private static TestCaseData Case(string name, HttpRequestMessage request) => new TestCaseData(request).SetArgDisplayNames(name);

    private static void AssertMessage(HttpResponseMessage answer)
    {
        var told = answer.Told("x-data");
        Assert.That(told.GetProperty("TextData").GetString(), Is.EqualTo("hello"));
        Assert.That(told.GetProperty("MessageId").GetString(), Is.EqualTo("m-1"));
        Assert.That(told.GetProperty("OrderingKey").GetString(), Is.EqualTo("k"));
        Assert.That(told.GetProperty("Attributes").GetProperty("a").GetString(), Is.EqualTo("1"));
        Assert.That(told.GetProperty("Subscription").GetString(), Is.EqualTo("projects/p/subscriptions/s"));
        Assert.That(
            told.GetProperty("PublishTime").GetDateTimeOffset(),
            Is.EqualTo(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero)));
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _function.Http.SendAsync(request);
}
