using System.Buffers;
using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Framework;

/// <summary>A request that carries an event: structured, binary, or a raw Pub/Sub push.</summary>
internal static class CloudEventRequest
{
    private const string Prefix = "ce-";

    /// <summary>The event, or null once a request that holds none has been answered with 400.</summary>
    internal static async Task<CloudEvent?> ReadAsync(HttpContext context, CloudEventFormatter formatter, ILogger logger)
    {
        try
        {
            var body = await BodyAsync(context);
            return Convert(context.Request, body, formatter, logger);
        }
        catch (Exception malformed)
        {
            // The real framework, too, answers every failure to read the event with 400, whatever its type.
            logger.LogError("{Message}", malformed.Message);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }
    }

    private static CloudEvent Convert(HttpRequest request, ReadOnlyMemory<byte> body, CloudEventFormatter formatter, ILogger logger)
    {
        if (request.ContentType?.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase) == true)
        {
            return request.ContentType.StartsWith("application/cloudevents-batch", StringComparison.OrdinalIgnoreCase)
                ? throw new ArgumentException("A batch of CloudEvents is not one event.")
                : formatter.DecodeStructuredModeMessage(body, new System.Net.Mime.ContentType(request.ContentType), null);
        }

        var cloudEvent = request.Headers.ContainsKey("ce-specversion") ? FromHeaders(request) : RawPubSubPush.Read(request, body, logger);
        formatter.DecodeBinaryModeEventData(body, cloudEvent);
        return cloudEvent;
    }

    private static CloudEvent FromHeaders(HttpRequest request)
    {
        var version = CloudEventsSpecVersion.FromVersionId(request.Headers["ce-specversion"])
            ?? throw new ArgumentException("The CloudEvents version is not known.");
        var cloudEvent = new CloudEvent(version) { DataContentType = request.ContentType };
        foreach (var (name, values) in request.Headers)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && !name.Equals("ce-specversion", StringComparison.OrdinalIgnoreCase))
            {
                var value = values.ToString();
                cloudEvent.SetAttributeFromString(
                    name[Prefix.Length..].ToLowerInvariant(),
                    value.Contains('%') ? Uri.UnescapeDataString(value) : value);
            }
        }

        return cloudEvent.IsValid ? cloudEvent : throw new ArgumentException("The CloudEvent lacks a required attribute.");
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
