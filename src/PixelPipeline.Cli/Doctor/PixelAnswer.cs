using System.Net;
using System.Net.Http.Headers;

namespace PixelPipeline.Cli.Doctor;

/// <summary>The first hop: fetches the pixel as a browser would, and looks at what it may keep.</summary>
internal sealed class PixelAnswer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Remedies _remedies;
    private readonly HttpClient _http;

    public PixelAnswer(Remedies remedies)
    {
        _remedies = remedies;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
    }

    /// <summary>Sends the hit. It is sent once: a second one would be another hit.</summary>
    public async Task<Finding> SendAsync(MarkedHit hit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, hit.Url);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(MarkedHit.UserId, "1"));
        request.Headers.Referrer = new Uri(hit.Url.GetLeftPart(UriPartial.Authority));
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            return Judge(answer);
        }
        catch (HttpRequestException e)
        {
            return new Finding.Broken($"{hit.Url.GetLeftPart(UriPartial.Path)} does not answer: {e.Message}", _remedies.NoAnswer);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Finding.Broken($"{hit.Url.GetLeftPart(UriPartial.Path)} does not answer within {Patience.TotalSeconds} s", _remedies.NoAnswer);
        }
    }

    public void Dispose() => _http.Dispose();

    private Finding Judge(HttpResponseMessage answer)
    {
        var type = answer.Content.Headers.ContentType?.MediaType ?? "no content type";
        if (answer.StatusCode != HttpStatusCode.OK || !type.StartsWith("image/", StringComparison.Ordinal))
        {
            return new Finding.Broken($"the answer is {(int)answer.StatusCode} with {type}, not 200 with an image", _remedies.WrongAnswer);
        }

        var caching = answer.Headers.CacheControl;
        return caching is { NoStore: true } or { NoCache: true } || caching?.MaxAge == TimeSpan.Zero
            ? new Finding.Passed("200, and browsers ask again each time")
            : new Finding.Broken($"browsers may keep the pixel (Cache-Control: {caching?.ToString() ?? "none"}): who looks twice is counted once", _remedies.Caching);
    }
}
