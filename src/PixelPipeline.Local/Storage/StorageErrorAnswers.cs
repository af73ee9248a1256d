using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.Local.Storage;

/// <summary>Turns refusals and failures into Google's error JSON (<see href="https://cloud.google.com/storage/docs/json_api/v1/status-codes"/>).</summary>
internal static class StorageErrorAnswers
{
    /// <summary>Answers for what the endpoints throw; a failure of the disk or of this program is logged as well.</summary>
    public static void UseStorageErrorAnswers(this IApplicationBuilder app, ILogger log) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested)
        {
            log.LogDebug(e, "A client of the local Cloud Storage closed its connection before it was answered");
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, ToRefusal(e, log));
        }
    });

    private static StorageException ToRefusal(Exception exception, ILogger log)
    {
        switch (exception)
        {
            case StorageException refusal:
                return refusal;
            case BadHttpRequestException bad:
                return new StorageException(bad.StatusCode, "invalid", "The request's body did not arrive whole.");
            case FileNotFoundException or DirectoryNotFoundException:
                return new StorageException(StatusCodes.Status404NotFound, "notFound", "No such object: it was removed just now.");
            case UnauthorizedAccessException:
                log.LogError("The local Cloud Storage may not read or write a file: {Message}", exception.Message);
                return new StorageException(StatusCodes.Status403Forbidden, "forbidden", "The file system does not permit it.");
            case IOException:
                log.LogError(exception, "The folder of the local Cloud Storage failed at a request");
                return new StorageException(StatusCodes.Status503ServiceUnavailable, "backendError", "The folder cannot be read or written now.");
            default:
                log.LogError(exception, "The local Cloud Storage failed at a request");
                return new StorageException(StatusCodes.Status500InternalServerError, "internalError", "An internal error occurred.");
        }
    }

    private static Task WriteAsync(HttpContext context, StorageException refusal)
    {
        context.Response.StatusCode = refusal.Status;
        var error = new { message = refusal.Message, domain = "global", reason = refusal.Reason };
        return context.Response.WriteAsJsonAsync(new { error = new { code = refusal.Status, message = refusal.Message, errors = new[] { error } } });
    }
}
