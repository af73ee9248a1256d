using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>Turns refusals and failures into Google's error JSON (https://cloud.google.com/bigquery/docs/error-messages).</summary>
internal static class ErrorAnswers
{
    /// <summary>Answers for what the endpoints throw; a failure of this program or its disk is logged as well.</summary>
    public static void UseErrorAnswers(this IApplicationBuilder app, ILogger log) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (IsGone(context, e))
        {
            log.LogDebug(e, "A client of the local BigQuery closed its connection before it was answered");
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, ToRefusal(e, log));
        }
    });

    private static bool IsGone(HttpContext context, Exception exception) =>
        exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested;

    private static ApiException ToRefusal(Exception exception, ILogger log)
    {
        switch (exception)
        {
            case ApiException refusal:
                return refusal;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ApiException.TooLarge(JsonBody.MaximumBytes);
            case BadHttpRequestException:
                return ApiException.Invalid("The request's body did not arrive whole.");
            case ChannelClosedException:
                return ApiException.Unavailable();
            case SqliteException:
                log.LogError(exception, "The local BigQuery's database failed; the request was not applied");
                return ApiException.Unavailable();
            default:
                log.LogError(exception, "The local BigQuery failed at a request");
                return ApiException.Internal();
        }
    }

    private static Task WriteAsync(HttpContext context, ApiException refusal) => context.WriteJsonAsync(refusal.Status, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteNumber("code", refusal.Status);
        writer.WriteString("message", refusal.Message);
        writer.WriteStartArray("errors");
        WriteDetail(writer, refusal);
        writer.WriteEndArray();
        writer.WriteString("status", StatusName(refusal.Status));
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void WriteDetail(Utf8JsonWriter writer, ApiException refusal)
    {
        writer.WriteStartObject();
        writer.WriteString("message", refusal.Message);
        writer.WriteString("domain", "global");
        writer.WriteString("reason", refusal.Reason);
        if (refusal.Location.Length > 0)
        {
            writer.WriteString("location", refusal.Location);
        }

        writer.WriteEndObject();
    }

    // https://cloud.google.com/apis/design/errors#handling_errors
    private static string StatusName(int status) => status switch
    {
        StatusCodes.Status404NotFound => "NOT_FOUND",
        StatusCodes.Status409Conflict => "ALREADY_EXISTS",
        StatusCodes.Status412PreconditionFailed => "FAILED_PRECONDITION",
        StatusCodes.Status500InternalServerError => "INTERNAL",
        StatusCodes.Status501NotImplemented => "UNIMPLEMENTED",
        StatusCodes.Status503ServiceUnavailable => "UNAVAILABLE",
        _ => "INVALID_ARGUMENT",
    };
}
