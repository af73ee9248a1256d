using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Local.Tests.AccessLog;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.PubSub;

/// <summary>The topic's publish endpoint.</summary>
internal sealed class TopicServerTests
{
    private const string Topic = "projects/local/topics/pixel-hits";

    [Test]
    public async Task Messages_Published_AreInTheLogUnderTheirIds()
    {
        await using var log = new OpenAccessLog();
        await using var server = await TopicServer.StartAsync(0, Topic, log.Writer, NullLoggerFactory.Instance, CancellationToken.None);
        using var http = new HttpClient();
        using var answer = await PublishAsync(http, server, """{"a":1}""", "{\"b\":\n2}");

        var ids = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messageIds").EnumerateArray().Select(i => i.GetString()!).ToList();
        Assert.That(await log.ReadAsync(2), Is.EquivalentTo(new[] { """{"a":1}""", """{"b": 2}""" }));
        Assert.That(ids, Is.Unique.And.All.Match("^[0-9]+$"));
    }

    [TestCase("no json")]
    [TestCase("[1]")]
    [TestCase("")]
    public async Task Message_ThatIsNoObject_IsRefused(string message)
    {
        await using var log = new OpenAccessLog();
        await using var server = await TopicServer.StartAsync(0, Topic, log.Writer, NullLoggerFactory.Instance, CancellationToken.None);
        using var http = new HttpClient();
        using var answer = await PublishAsync(http, server, """{"a":1}""", message);
        Assert.That((answer.StatusCode, log.Contents.Length), Is.EqualTo((HttpStatusCode.BadRequest, 0)));
    }

    [Test]
    public async Task Disk_ThatFails_IsA503()
    {
        var disk = new FailingDisk { IsFull = true };
        await using var log = new OpenAccessLog(disk: disk);
        await using var server = await TopicServer.StartAsync(0, Topic, log.Writer, NullLoggerFactory.Instance, CancellationToken.None);
        using var http = new HttpClient();
        using var answer = await PublishAsync(http, server, """{"a":1}""");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    private static Task<HttpResponseMessage> PublishAsync(HttpClient http, TopicServer server, params string[] messages) => http.PostAsJsonAsync(
        $"http://127.0.0.1:{server.Port}/v1/{Topic}:publish",
        new { messages = messages.Select(m => new { data = Convert.ToBase64String(Encoding.UTF8.GetBytes(m)) }) });
}
