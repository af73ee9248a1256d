using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using PixelPipeline.Events;
using PixelPipeline.Functions.Collecting;
using PixelPipeline.Settings;

namespace PixelPipeline.Functions.Tests.Collecting;

/// <summary>The collector's contract, over HTTP.</summary>
internal sealed class CollectFunctionTests
{
    private const string Event = """{"user_id":"alice","type":"signup","secret":"x"}""";
    private static readonly Dictionary<string, string?> WithKeys = new() { ["Keys"] = $"shop={HashOf("sesame")},app={HashOf("open")}" };
    private static readonly Dictionary<string, string?> WithOrigin = new() { ["Origins"] = "https://www.example.com,http://localhost:*" };

    [TestCase("application/json")]
    [TestCase("text/plain;charset=UTF-8")] // what sendBeacon says
    public async Task Event_Posted_IsPublishedWithWhatTheSchemaLists(string contentType)
    {
        await using var collector = await RunningCollector.StartAsync();
        using var answer = await PostAsync(collector, Event, contentType);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(collector.Published.Single().GetProperty("jsonPayload").GetProperty("event").GetRawText(), Is.EqualTo("""{"user_id":"alice","type":"signup"}"""));
    }

    [Test]
    public async Task Array_Posted_IsPublishedWhole()
    {
        await using var collector = await RunningCollector.StartAsync();
        using var answer = await PostAsync(collector, $"[{Event},{Event},{Event}]");
        Assert.That((answer.StatusCode, collector.Published.Count), Is.EqualTo((HttpStatusCode.Accepted, 3)));
    }

    [TestCase("""[{"user_id":"a"},{"type":"x"}]""", "#/1/user_id")]
    [TestCase("""{"user_id":{}}""", "#/user_id")]
    [TestCase("{", "#")]
    [TestCase("[]", "#")]
    [TestCase("3", "#")]
    [TestCase("", "#")]
    public async Task Body_ThatIsWrong_IsAProblemThatNamesTheField(string body, string pointer)
    {
        await using var collector = await RunningCollector.StartAsync();
        using var answer = await PostAsync(collector, body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()), Does.Contain(pointer));
        Assert.That(collector.Published, Is.Empty);
    }

    [Test]
    public async Task UnknownField_WhereRefused_IsA400()
    {
        await using var collector = await RunningCollector.StartAsync(new() { ["UnknownFields"] = "refuse" });
        using var answer = await PostAsync(collector, Event);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase(null, null, HttpStatusCode.Unauthorized)]
    [TestCase("wrong", null, HttpStatusCode.Forbidden)]
    [TestCase(null, "wrong", HttpStatusCode.Forbidden)]
    [TestCase("sesame", null, HttpStatusCode.Accepted)]
    [TestCase(null, "open", HttpStatusCode.Accepted)] // in the query, for beacons
    public async Task Key_Shown_DecidesTheAnswer(string? header, string? query, HttpStatusCode expected)
    {
        await using var collector = await RunningCollector.StartAsync(WithKeys);
        using var request = Request(Event, path: query is null ? "/collect" : $"/collect?key={query}");
        if (header is not null)
        {
            request.Headers.Add("x-api-key", header);
        }

        using var answer = await collector.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        Assert.That(collector.Published, Has.Count.EqualTo(expected == HttpStatusCode.Accepted ? 1 : 0));
    }

    [Test]
    public async Task KeyInTheQuery_IsNotPublished()
    {
        await using var collector = await RunningCollector.StartAsync(WithKeys);
        using var answer = await collector.Http.SendAsync(Request(Event, path: "/collect?key=sesame"));
        Assert.That(collector.Published.Single().GetRawText(), Does.Not.Contain("sesame"));
    }

    [Test]
    public async Task SameId_UnderTwoKeys_IsTwoEvents()
    {
        await using var collector = await RunningCollector.StartAsync(WithKeys);
        foreach (var key in new[] { "sesame", "open", "sesame" })
        {
            using var answer = await collector.Http.SendAsync(Request("""{"user_id":"a","event_id":"1"}""", path: $"/collect?key={key}"));
        }

        var ids = collector.Published.Select(e => e.GetProperty("jsonPayload").GetProperty("eventId").GetString()).ToList();
        Assert.That((ids[0] == ids[1], ids[0] == ids[2]), Is.EqualTo((false, true)));
    }

    [TestCase("https://www.example.com", HttpStatusCode.Accepted)]
    [TestCase("http://localhost:5173", HttpStatusCode.Accepted)] // any port
    [TestCase("https://evil.example.com", HttpStatusCode.Forbidden)]
    [TestCase("http://www.example.com", HttpStatusCode.Forbidden)] // another scheme is another origin
    [TestCase("null", HttpStatusCode.Forbidden)]
    public async Task Origin_OfThePage_DecidesTheAnswer(string origin, HttpStatusCode expected)
    {
        await using var collector = await RunningCollector.StartAsync(WithOrigin);
        using var request = Request(Event);
        request.Headers.Add("Origin", origin);
        using var answer = await collector.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        Assert.That(answer.Headers.Contains("Access-Control-Allow-Origin"), Is.EqualTo(expected == HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Preflight_OfAConfiguredOrigin_AllowsThePost()
    {
        await using var collector = await RunningCollector.StartAsync(WithOrigin);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/collect");
        request.Headers.Add("Origin", "https://www.example.com");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await collector.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(answer.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "https://www.example.com" }));
        Assert.That(answer.Headers.GetValues("Access-Control-Allow-Headers").Single(), Does.Contain("x-api-key"));
    }

    [TestCase("GET")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    public async Task OtherMethod_IsA405ThatSaysWhich(string method)
    {
        await using var collector = await RunningCollector.StartAsync();
        using var answer = await collector.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/collect"));
        Assert.That((answer.StatusCode, answer.Content.Headers.Allow.Contains("POST")), Is.EqualTo((HttpStatusCode.MethodNotAllowed, true)));
    }

    [TestCase("text/html")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/json; charset=utf-16")]
    public async Task OtherContentType_IsA415(string contentType)
    {
        await using var collector = await RunningCollector.StartAsync();
        using var answer = await PostAsync(collector, Event, contentType);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [TestCase(262_144, HttpStatusCode.Accepted)]
    [TestCase(262_145, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Body_AtItsBound_IsTakenAndNotBeyond(int bytes, HttpStatusCode expected)
    {
        await using var collector = await RunningCollector.StartAsync();
        using var answer = await PostAsync(collector, Event.PadRight(bytes));
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task Body_OfUnknownLengthBeyondItsBound_IsA413()
    {
        await using var collector = await RunningCollector.StartAsync();
        using var request = Request(Event.PadRight(300_000));
        request.Headers.TransferEncodingChunked = true;
        using var answer = await collector.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [TestCase(HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable)]
    [TestCase(HttpStatusCode.Forbidden, HttpStatusCode.ServiceUnavailable)]
    [TestCase(HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests)]
    public async Task Topic_ThatRefuses_LetsTheClientComeAgain(HttpStatusCode topic, HttpStatusCode expected)
    {
        await using var collector = await RunningCollector.StartAsync(topicAnswers: () => topic);
        using var answer = await PostAsync(collector, Event);
        Assert.That((answer.StatusCode, answer.Headers.RetryAfter is not null), Is.EqualTo((expected, true)));
    }

    [Test]
    public async Task Topic_ThatRefusesForGood_DoesNotLetTheClientComeAgain()
    {
        await using var collector = await RunningCollector.StartAsync(topicAnswers: () => HttpStatusCode.BadRequest);
        using var answer = await PostAsync(collector, Event);
        Assert.That((answer.StatusCode, answer.Headers.RetryAfter is not null), Is.EqualTo((HttpStatusCode.InternalServerError, false)));
    }

    [Test]
    public async Task Topic_ThatRefusesOnce_IsAskedAgain()
    {
        var answers = 0;
        await using var collector = await RunningCollector.StartAsync(topicAnswers: () => Interlocked.Increment(ref answers) == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        using var answer = await PostAsync(collector, Event);
        Assert.That((answer.StatusCode, collector.Published.Count), Is.EqualTo((HttpStatusCode.Accepted, 1)));
    }

    [Test]
    public async Task Events_BeyondTheQuota_AreA429UnderTheirKeyOnly()
    {
        await using var collector = await RunningCollector.StartAsync(new(WithKeys) { ["EventsPerSecond"] = "1" });
        var full = $"[{string.Join(',', Enumerable.Repeat(Event, 1_000))}]";
        var answers = new List<HttpStatusCode>();
        foreach (var (key, body) in new[] { ("sesame", full), ("sesame", full), ("open", Event) })
        {
            using var answer = await collector.Http.SendAsync(Request(body, path: $"/collect?key={key}"));
            answers.Add(answer.StatusCode);
        }

        Assert.That(answers, Is.EqualTo(new[] { HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests, HttpStatusCode.Accepted }));
    }

    [Test]
    public async Task Address_OfTheClient_IsTheOneThatTheLoadBalancerSaw()
    {
        await using var collector = await RunningCollector.StartAsync();
        using var request = Request(Event);
        request.Headers.Add("X-Forwarded-For", "6.6.6.6, 203.0.113.7, 35.191.0.1"); // the first is the client's own claim
        using var answer = await collector.Http.SendAsync(request);
        Assert.That(collector.Published.Single().GetProperty("httpRequest").GetProperty("remoteIp").GetString(), Is.EqualTo("203.0.113.7"));
    }

    [Test]
    public async Task Headers_BeyondTheBound_ArePublishedCut()
    {
        await using var collector = await RunningCollector.StartAsync();
        using var answer = await collector.Http.SendAsync(RequestWithHeaders(Event, length: 9_000));
        var request = collector.Published.Single().GetProperty("httpRequest");
        Assert.That(
            (request.GetProperty("userAgent").GetString()!.Length, request.GetProperty("referer").GetString()!.Length),
            Is.EqualTo((EventSchema.MaxValueBytes, EventSchema.MaxValueBytes)));
    }

    [TestCase(100, HttpStatusCode.Accepted)]
    [TestCase(1_000, HttpStatusCode.RequestEntityTooLarge)] // more than 10 MB with headers of 8 KB each
    public async Task Events_WithLongHeaders_AreTakenAsFarAsOnePublishGoes(int events, HttpStatusCode expected)
    {
        await using var collector = await RunningCollector.StartAsync();
        using var answer = await collector.Http.SendAsync(RequestWithHeaders($"[{string.Join(',', Enumerable.Repeat(Event, events))}]", length: 9_000));
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        Assert.That(collector.Published, Has.Count.EqualTo(expected == HttpStatusCode.Accepted ? events : 0));
    }

    [TestCase(null, HttpStatusCode.BadRequest)]
    [TestCase("https://www.example.com/", HttpStatusCode.Accepted)]
    public async Task Referer_WhereTheSchemaRequiresIt_MustBeThere(string? referer, HttpStatusCode expected)
    {
        using var folder = new TempFolder();
        var schema = Path.Combine(folder.Path, "schema.json");
        await File.WriteAllTextAsync(schema, """[{"name":"event_id","type":"STRING"},{"name":"event_time","type":"TIMESTAMP"},{"name":"user_id","type":"STRING"},{"name":"referer","type":"STRING","mode":"REQUIRED"}]""");
        await using var collector = await RunningCollector.StartAsync(schemaFile: schema);
        using var request = Request(Event);
        request.Headers.Referrer = referer is null ? null : new Uri(referer);
        using var answer = await collector.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(expected == HttpStatusCode.BadRequest ? "#/referer" : "accepted"));
    }

    [TestCase("Keys", "shop=abc", "Collect__Keys")]
    [TestCase("Origins", "https://www.example.com/", "Collect__Origins")]
    [TestCase("Topic", "hits", "Collect__Topic")]
    [TestCase("UnknownFields", "keep", "Collect__UnknownFields")]
    [TestCase("EventsPerSecond", "0", "Collect__EventsPerSecond")]
    [TestCase("UnknownFields", "", "Collect__UnknownFields must be one of drop, refuse.")]
    [TestCase("Open", "maybe", "Collect__Open must be true or false.")]
    [TestCase("Misspelt", "x", "Collect__Misspelt")]
    public void Setting_WithAnError_IsNamed(string name, string value, string expected)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Collect:Topic"] = "projects/test/topics/hits" })
            .AddInMemoryCollection(new Dictionary<string, string?> { [$"Collect:{name}"] = value })
            .Build();
        Assert.That(() => CollectSettings.Read(configuration), Throws.TypeOf<SettingsException>()
            .With.Property(nameof(SettingsException.Lines)).Exactly(1).Items.And.Message.Contains(expected));
    }

    private static Task<HttpResponseMessage> PostAsync(RunningCollector collector, string body, string contentType = "application/json") =>
        collector.Http.SendAsync(Request(body, contentType));

    private static HttpRequestMessage Request(string body, string contentType = "application/json", string path = "/collect")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private static HttpRequestMessage RequestWithHeaders(string body, int length)
    {
        var request = Request(body);
        request.Headers.TryAddWithoutValidation("User-Agent", new string('a', length));
        request.Headers.TryAddWithoutValidation("Referer", new string('r', length));
        return request;
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
