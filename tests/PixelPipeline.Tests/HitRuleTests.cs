using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PixelPipeline.Events;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests;

public sealed class HitRuleTests
{
    private static readonly HitRule Rule = new("/pixel.png");

    private static readonly string[] Urls =
    [
        "http://localhost:8080/pixel.png?user_id=u1", "https://track.example.com/pixel.png", "https://a.example/pixel.png?", "https://a.example/pixel.png?a=/other",
        "http://localhost:8080/", "http://localhost:8080", "http://a.example/pixel.png/x", "http://a.example/x/pixel.png", "http://a.example/pixelXpng",
        "http://a.example/Pixel.png", "http://a.example/other?x=/pixel.png", "http://a.example?/pixel.png", "http://a.example//pixel.png", "http://a.example/%70ixel.png",
        "ftp://a.example/pixel.png", "pixel.png", "/pixel.png", "", "https:///pixel.png", "x https://a.example/pixel.png", "https://a.example/pixel.pngx",
    ];

    [TestCaseSource(nameof(Urls))]
    public void SinkFilter_AnyUrl_SelectsWhatTheRuleDoes(string url)
    {
        var isHit = PixelUrl.TryParse(Encoding.UTF8.GetBytes(url), out var parsed) && Rule.IsPixel(parsed);
        Assert.That(Regex.IsMatch(url, Rule.UrlPattern, RegexOptions.CultureInvariant), Is.EqualTo(isHit));
    }

    [TestCaseSource(nameof(Urls))]
    public void Selects_AnyUrl_SelectsWhatTheProcessorTakesForTheHit(string url)
    {
        var isHit = Some.Processor().Process(Entry(url: url)) is not EntryOutcome.Ignored { Reason: not IgnoredReason.NoAttributes }
            and not EntryOutcome.Rejected { Reason: RejectedReason.UnreadableUrl };
        Assert.That(Rule.Selects(Entry(url: url), out _), Is.EqualTo(isHit));
    }

    [TestCase("HEAD")]
    [TestCase("POST")]
    [TestCase("get")]
    public void Selects_AnotherMethod_IsFalse(string method) => Assert.That(Rule.Selects(Entry(method: method), out _), Is.False);

    [TestCase("cloud_function")]
    [TestCase(null)]
    public void Selects_AnotherResource_IsFalse(string? resource) => Assert.That(Rule.Selects(Entry(resource: resource), out _), Is.False);

    [TestCase("Cloud-CDN-Google (GFE/2.0)", null)]
    [TestCase("Mozilla/5.0", "1a2b")]
    public void Selects_RequestThatTheCdnMakes_IsFalse(string userAgent, string? parent) =>
        Assert.That(Rule.Selects(Entry(userAgent: userAgent, payload: new JsonObject { ["parentInsertId"] = parent }), out _), Is.False);

    [TestCase("""{"user_id":"u"}""", true)]
    [TestCase("null", false)]
    public void Selects_WhatTheCollectorPublished_IsTrue(string collected, bool expected) =>
        Assert.That(Rule.Selects(Entry(url: "", resource: "cloud_run_revision", payload: new JsonObject { ["event"] = JsonNode.Parse(collected) }), out _), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{\"httpRequest\":7,\"resource\":[]}")]
    [TestCase("\0\0\0")]
    public void Selects_LineThatIsNoEntry_IsFalse(string line) => Assert.That(Rule.Selects(Encoding.UTF8.GetBytes(line), out _), Is.False);

    [Test]
    public void Selects_BytesThatAreNoUtf8_SeesTheHitAllTheSame()
    {
        var entry = Entry(userAgent: "~~~");
        entry.AsSpan().Replace((byte)'~', (byte)0xFF);
        Assert.That(Rule.Selects(entry, out _));
    }

    [Test]
    public void Selects_Hit_TellsItsTimes()
    {
        Rule.Selects(Entry(), out var times);
        Assert.That((Encoding.UTF8.GetString(times.Timestamp), Encoding.UTF8.GetString(times.ReceiveTimestamp)), Is.EqualTo((Some.Timestamp, "later")));
    }

    [Test]
    public void SinkFilter_Path_IsInItWithoutWildcards() => Assert.That(new HitRule("/a/t.gif").SinkFilter("pixel-dev"), Is.EqualTo(
        "resource.type=\"http_load_balancer\" AND resource.labels.url_map_name=\"pixel-dev\" AND httpRequest.requestMethod=\"GET\""
        + " AND httpRequest.requestUrl=~\"^https?://[^/?]+/a/t[.]gif([?].*)?$\""
        + " AND NOT jsonPayload.parentInsertId:* AND NOT httpRequest.userAgent=~\"^Cloud-CDN-Google\""));

    private static byte[] Entry(string url = Some.RequestUrl, string method = "GET", string? resource = "http_load_balancer", string userAgent = "x", JsonObject? payload = null)
    {
        var entry = JsonNode.Parse(Some.LogEntry(requestUrl: url, requestMethod: method, userAgent: userAgent, jsonPayload: payload))!.AsObject();
        entry["receiveTimestamp"] = "later";
        entry["resource"] = new JsonObject { ["type"] = resource };
        return Encoding.UTF8.GetBytes(entry.ToJsonString());
    }
}
