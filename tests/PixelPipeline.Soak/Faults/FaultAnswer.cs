using System.Text;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.Soak.Faults;

/// <summary>How a call ends: an answer, half of one, or none.</summary>
internal static class FaultAnswer
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    public static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        var body = $$$"""{"error":{"code":{{{status}}},"message":"By the fault layer.","errors":[{"message":"By the fault layer.","domain":"global","reason":"{{{reason}}}"}]}}""";
        return WriteAsync(context, new Answer(status, "application/json; charset=UTF-8", Encoding.UTF8.GetBytes(body)));
    }

    public static Task RefuseLaterAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return RefuseAsync(context, 429, "rateLimitExceeded");
    }

    public static async Task WriteAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    public static async Task TruncateAsync(HttpContext context, Answer answer)
    {
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    public static async Task HangAsync(HttpContext context)
    {
        await Task.Delay(Hang, context.RequestAborted);
        context.Abort();
    }

    public static Task AbortAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}

/// <summary>An answer over HTTP.</summary>
internal sealed record Answer(int Status, string ContentType, byte[] Body);
