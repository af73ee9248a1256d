using Google.Apis.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.Dashboard.Service;

/// <summary>
/// Lets through what Identity-Aware Proxy has signed for this service, and nothing else: were the proxy switched off, or the
/// service opened to all by mistake, nobody would see anything.
/// </summary>
internal static class IapGate
{
    private const string Issuer = "https://cloud.google.com/iap";
    private const string Header = "X-Goog-IAP-JWT-Assertion";

    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(30);

    /// <summary>Answers 403 to all others, before anything else sees them.</summary>
    /// <param name="app">The service.</param>
    /// <param name="audience">Whom requests have to be signed for.</param>
    /// <param name="keysUrl">Where the proxy's public keys are; null for Google's.</param>
    public static void UseIapOnly(this IApplicationBuilder app, string audience, string? keysUrl = null) => app.Use(async (context, next) =>
    {
        if (context.Request.Headers[Header] is [{ Length: > 0 } token] && await IsSignedAsync(token, audience, keysUrl, context.RequestAborted))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync("Only through Identity-Aware Proxy: see docs/dashboard.md.\n", context.RequestAborted);
    });

    private static async Task<bool> IsSignedAsync(string token, string audience, string? keysUrl, CancellationToken cancellationToken)
    {
        var options = new SignedTokenVerificationOptions { IssuedAtClockTolerance = ClocksDiffer, ExpiryClockTolerance = ClocksDiffer, CertificatesUrl = keysUrl };
        options.TrustedAudiences.Add(audience);
        options.TrustedIssuers.Add(Issuer);
        try
        {
            await JsonWebSignature.VerifySignedTokenAsync(token, options, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not (HttpRequestException or OperationCanceledException))
        {
            return false; // anybody may send anything, and what is no token fails in many ways
        }
    }
}
