using System.Globalization;
using System.Text.Json.Nodes;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.LoadBalancer;

public sealed class LoadBalancerLogEntryTests
{
    [Test]
    public async Task Entry_OfAHit_HasTheFieldsOfALoadBalancersEntry()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        await lb.GetRawAsync("/pixel.png?user_id=u1", "User-Agent: Agent/1.0\r\nReferer: https://shop.example.com/\r\n");

        var entry = lb.Entries.Single();
        var request = entry["httpRequest"]!;
        Assert.Multiple(() =>
        {
            Assert.That(Text(entry, "logName"), Is.EqualTo("projects/local/logs/requests"));
            Assert.That(Text(entry, "severity"), Is.EqualTo("INFO"));
            Assert.That(Text(entry, "trace"), Does.Match("^projects/local/traces/[0-9a-f]{32}$"));
            Assert.That(Text(entry, "spanId"), Does.Match("^[0-9a-f]{16}$"));
            Assert.That(Text(entry, "insertId"), Does.Match("^[0-9a-f]{24}$"));
            Assert.That(Text(entry["resource"]!, "type"), Is.EqualTo("http_load_balancer"));
            Assert.That(Text(entry["resource"]!["labels"]!, "project_id"), Is.EqualTo("local"));
            Assert.That(
                Text(entry["jsonPayload"]!, "@type"),
                Is.EqualTo("type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry"));
            Assert.That(Text(entry["jsonPayload"]!, "statusDetails"), Is.EqualTo("response_sent_by_backend"));
            Assert.That(Text(request, "requestMethod"), Is.EqualTo("GET"));
            Assert.That(Text(request, "requestUrl"), Is.EqualTo($"http://localhost:{lb.Port}/pixel.png?user_id=u1"));
            Assert.That(request["status"]!.GetValue<int>(), Is.EqualTo(200));
            Assert.That(Text(request, "userAgent"), Is.EqualTo("Agent/1.0"));
            Assert.That(Text(request, "referer"), Is.EqualTo("https://shop.example.com/"));
            Assert.That(Text(request, "remoteIp"), Is.EqualTo("127.0.0.1"));
            Assert.That(Text(request, "protocol"), Is.EqualTo("HTTP/1.1"));
            Assert.That(Text(request, "latency"), Does.Match(@"^\d+\.\d{6}s$"));
        });
    }

    [Test]
    public async Task Entry_OfAHit_TellsTheBytesOnTheWire()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();
        var request = $"GET /pixel.png?user_id=u1 HTTP/1.1\r\nHost: localhost:{lb.Port}\r\nConnection: close\r\n\r\n";

        var answer = await lb.SendRawAsync(request);

        var logged = lb.Entries.Single()["httpRequest"]!;
        Assert.That(Text(logged, "requestSize"), Is.EqualTo(request.Length.ToString(CultureInfo.InvariantCulture)));
        Assert.That(
            int.Parse(Text(logged, "responseSize")!, CultureInfo.InvariantCulture),
            Is.EqualTo(answer.Length - "Connection: close\r\n".Length)); // added behind the log
    }

    [Test]
    public async Task Entry_OfAHit_IsDatedAtItsArrivalInMicroseconds()
    {
        var time = new ShiftedTime();
        time.Advance(TimeSpan.FromDays(1000));
        await using var lb = await RunningLoadBalancer.StartAsync(time: time);

        var before = time.GetUtcNow();
        await lb.GetRawAsync("/pixel.png?user_id=u1");
        var after = time.GetUtcNow();

        var text = Text(lb.Entries.Single(), "timestamp")!;
        Assert.That(text, Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"));
        Assert.That(
            DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
            Is.InRange(before.AddMicroseconds(-1), after)); // truncated, never rounded up
    }

    [Test]
    public async Task Entry_WithoutAgentAndReferer_LeavesThemOut()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        await lb.GetRawAsync("/pixel.png");

        var request = lb.Entries.Single()["httpRequest"]!.AsObject();
        Assert.That(request.ContainsKey("userAgent"), Is.False);
        Assert.That(request.ContainsKey("referer"), Is.False);
    }

    [TestCase("/pixel.png?user_id=%ZZ&&&=%00%0a+%2B")]
    [TestCase("/pixel.png?q=\"};{'`\\<script>")]
    [TestCase("/pixel.png?a=%C3%28&b=../../etc/passwd")]
    [TestCase("/pixel.png?user_id=a&amp;type=b?c=d")]
    [TestCase("/pixel.png?")]
    public async Task Entry_OfAHostileTarget_KeepsItAsSent(string target)
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        Assert.That(await lb.GetRawAsync(target), Is.EqualTo("HTTP/1.1 200 OK"));
        Assert.That(
            Text(lb.Entries.Single()["httpRequest"]!, "requestUrl"), Is.EqualTo($"http://localhost:{lb.Port}{target}"));
    }

    [Test]
    public async Task Entry_OfAnAbsoluteTarget_KeepsItAsSent()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();
        var target = $"http://localhost:{lb.Port}/pixel.png?user_id=u1";

        Assert.That(await lb.GetRawAsync(target), Is.EqualTo("HTTP/1.1 200 OK"));
        Assert.That(Text(lb.Entries.Single()["httpRequest"]!, "requestUrl"), Is.EqualTo(target));
    }

    [Test]
    public async Task Entry_OfAnAgentThatIsNotUtf8_HasQuestionMarks()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        await lb.GetRawAsync("/pixel.png?user_id=u1", "User-Agent: a\u00FFb\u00C3\u00BC\r\n");

        Assert.That(Text(lb.Entries.Single()["httpRequest"]!, "userAgent"), Is.EqualTo("a?bü"));
    }

    [Test]
    public async Task Entries_OfManyHits_HaveDifferentInsertIds()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => lb.Http.GetAsync("/pixel.png?user_id=u1")));

        Assert.That(lb.Entries.Select(e => Text(e, "insertId")).Distinct().Count(), Is.EqualTo(200));
    }

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();
}
