using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.Local.LoadBalancer;

/// <summary>The load balancer's second backend: passes requests for <c>/collect</c> on to the collector, and its answers back.</summary>
internal sealed class CollectorBackend : IAsyncDisposable
{
    private const int MaxRequestBytes = 1024 * 1024; // the collector's own bound is lower, and its answer says which
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly string[] PassedOn =
        ["Content-Type", "Content-Encoding", "Origin", "User-Agent", "Referer", "x-api-key", "Access-Control-Request-Method", "Access-Control-Request-Headers"];

    private static readonly string[] NotPassedBack = ["Transfer-Encoding", "Connection", "Date", "Server"];

    private readonly Uri _collector;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { Timeout = Timeout };

    /// <summary>The collector's process behind a port of loopback.</summary>
    /// <param name="port">The collector's port on 127.0.0.1.</param>
    public CollectorBackend(int port) => _collector = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/"));

    /// <summary>The path that it claims.</summary>
    public const string Path = "/collect";

    /// <summary>Adds the path to the load balancer.</summary>
    public void Map(WebApplication app) => app.Map(Path, PassOnAsync);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task PassOnAsync(HttpContext context)
    {
        if (await ReadBodyAsync(context.Request, context.RequestAborted) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        using var request = ToRequest(context, body);
        try
        {
            using var answer = await _http.SendAsync(request, context.RequestAborted);
            await PassBackAsync(answer, context);
        }
        catch (HttpRequestException)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway; // it starts, or starts anew
            context.Response.Headers.RetryAfter = "1";
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status504GatewayTimeout;
        }
    }

    private HttpRequestMessage ToRequest(HttpContext context, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_collector, Path + context.Request.QueryString))
        {
            Version = HttpVersion.Version11,
        };
        request.Content = new ByteArrayContent(body);
        request.Headers.Host = context.Request.Host.Value;
        foreach (var name in PassedOn.Where(context.Request.Headers.ContainsKey))
        {
            var value = context.Request.Headers[name].ToString();
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        // As the load balancer in the cloud does: what the client claims, its address, the load balancer's own.
        string?[] hops = [.. context.Request.Headers["X-Forwarded-For"], context.Connection.RemoteIpAddress?.ToString(), context.Connection.LocalIpAddress?.ToString()];
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", string.Join(',', hops));
        return request;
    }

    private static async Task PassBackAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!NotPassedBack.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        if (answer.StatusCode != HttpStatusCode.NoContent) // the server takes no write there, of no bytes either
        {
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxRequestBytes)
        {
            return null;
        }

        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (body.Length + read > MaxRequestBytes)
            {
                return null;
            }

            body.Write(chunk, 0, read);
        }

        return body.ToArray();
    }
}
