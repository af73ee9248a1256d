using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using PixelPipeline.GoogleCloud.PubSub;
using PixelPipeline.GoogleCloud.Tests.BigQuery;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.GoogleCloud.Tests.PubSub;

/// <summary>Which failures of a publish are tried again, and how it ends.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TopicPublisherTests
{
    private static readonly TimeSpan[] AllPauses = [TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.8)];

    private readonly SkippingTime _unused = new();

    [Test]
    public async Task Publish_Messages_AreOneRequestInTheirOrder()
    {
        await using var server = new ScriptedServer(Answer.Json(200, "{}"));
        await PublishAsync(server, _unused);
        var request = server.Requests.Single();
        Assert.That((request.Method, request.Target), Is.EqualTo(("POST", "/v1/projects/p/topics/t:publish")));
        Assert.That(request.Json.ToString(), Is.EqualTo("""{"messages":[{"data":"b25l"},{"data":"dHdv"}]}"""));
    }

    [TestCase(408)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    public async Task Publish_FailureThatPasses_IsSentAgain(int status)
    {
        var time = new SkippingTime();
        await using var server = new ScriptedServer(Answer.Error(status, "x"), Answer.Reset, Answer.Json(200, "{}"));
        await PublishAsync(server, time);
        Assert.That(server.Requests.Select(r => r.Body), Is.All.EqualTo(server.Requests[0].Body).And.Exactly(3).Items);
        Assert.That(time.Pauses, Is.EqualTo(AllPauses[..2]));
    }

    [TestCase(408)]
    [TestCase(429)]
    [TestCase(503)]
    public async Task Publish_FailureThatStays_IsGivenUpWithItsStatus(int status)
    {
        var time = new SkippingTime();
        await using var server = new ScriptedServer(Answer.Error(status, "x"));
        var failure = Assert.ThrowsAsync<PublishException>(() => PublishAsync(server, time));
        Assert.That((failure!.Status, server.Requests.Count), Is.EqualTo(((HttpStatusCode?)status, 4)));
        Assert.That(time.Pauses, Is.EqualTo(AllPauses));
    }

    [TestCase(400)]
    [TestCase(403)]
    [TestCase(404)]
    public async Task Publish_Refused_IsNotSentAgain(int status)
    {
        await using var server = new ScriptedServer(Answer.Error(status, "x"));
        var failure = Assert.ThrowsAsync<PublishException>(() => PublishAsync(server, _unused));
        Assert.That((failure!.Status, server.Requests.Count), Is.EqualTo(((HttpStatusCode?)status, 1)));
    }

    [Test]
    public async Task Publish_WithoutAnswer_HasNoStatusButTheCause()
    {
        await using var server = new ScriptedServer(Answer.Reset);
        var failure = Assert.ThrowsAsync<PublishException>(() => PublishAsync(server, new SkippingTime()));
        Assert.That(failure!.Status, Is.Null);
        Assert.That(failure.InnerException, Is.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Token_ThatIsToBeHadTheSecondTime_IsAskedForAgain()
    {
        var tokens = new ScriptedTokens(failures: 1);
        await using var server = new ScriptedServer(Answer.Json(200, "{}"));
        await PublishAsync(server, new SkippingTime(), tokens);
        Assert.That((tokens.Asked, server.Requests.Single().Headers["Authorization"]), Is.EqualTo((2, "Bearer token")));
    }

    [Test]
    public async Task Token_ThatCannotBeHad_IsAPublishThatFailed()
    {
        var tokens = new ScriptedTokens(failures: int.MaxValue);
        await using var server = new ScriptedServer(Answer.Json(200, "{}"));
        var failure = Assert.ThrowsAsync<PublishException>(() => PublishAsync(server, new SkippingTime(), tokens));
        Assert.That(failure!.InnerException, Is.TypeOf<TokenResponseException>());
        Assert.That((tokens.Asked, server.Requests.Count), Is.EqualTo((4, 0)));
    }

    [TestCase(7_000_000, true)]
    [TestCase(7_600_000, false)] // base64 makes 10.1 MB of it
    public void Messages_FitOneRequest_AsBase64(int bytes, bool expected)
    {
        ReadOnlyMemory<byte> half = new byte[bytes / 2];
        Assert.That(TopicPublisher.FitsOneRequest([half, half]), Is.EqualTo(expected));
    }

    private static async Task PublishAsync(ScriptedServer server, SkippingTime time, ITokenAccess? tokens = null)
    {
        using var http = new HttpClient();
        var endpoint = new PubSubEndpoint(new Uri($"http://127.0.0.1:{server.Port}/"), tokens);
        var publisher = new TopicPublisher(http, endpoint, "projects/p/topics/t", time);
        await publisher.PublishAsync(["one"u8.ToArray(), "two"u8.ToArray()], CancellationToken.None);
    }

    /// <summary>A credential whose metadata server fails at first.</summary>
    private sealed class ScriptedTokens(int failures) : ITokenAccess
    {
        public int Asked { get; private set; }

        public Task<string> GetAccessTokenForRequestAsync(string? authUri = null, CancellationToken cancellationToken = default) =>
            ++Asked > failures
                ? Task.FromResult("token")
                : throw new TokenResponseException(new TokenErrorResponse { Error = "unavailable" }, HttpStatusCode.ServiceUnavailable);
    }
}
