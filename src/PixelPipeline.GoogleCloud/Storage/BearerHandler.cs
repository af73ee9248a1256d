using System.Net.Http.Headers;
using Google.Apis.Auth.OAuth2;

namespace PixelPipeline.GoogleCloud.Storage;

/// <summary>Puts the credential's access token on each request. The credential renews it when it is due.</summary>
internal sealed class BearerHandler(ITokenAccess credential) : DelegatingHandler(new HttpClientHandler())
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Files are opened on threads of their own, where waiting holds nobody up.
        var token = credential.GetAccessTokenForRequestAsync(cancellationToken: cancellationToken).GetAwaiter().GetResult();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.Send(request, cancellationToken);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await credential.GetAccessTokenForRequestAsync(cancellationToken: cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await base.SendAsync(request, cancellationToken);
    }
}
