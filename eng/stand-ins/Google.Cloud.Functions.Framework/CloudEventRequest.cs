using System.Buffers;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Core;
using CloudNative.CloudEvents.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Framework;

/// <summary>
/// A request that carries an event: structured, binary, or a raw Pub/Sub push. The first two are what the real
/// framework has of CloudNative.CloudEvents.AspNetCore.
/// </summary>
internal static class CloudEventRequest
{
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
        if (MimeUtilities.IsCloudEventsContentType(request.ContentType))
        {
            return formatter.DecodeStructuredModeMessage(
                body, MimeUtilities.CreateContentTypeOrNull(request.ContentType), extensionAttributes: null);
        }

        return request.Headers.ContainsKey(HttpUtilities.SpecVersionHttpHeader)
            ? FromHeaders(request, body, formatter)
            : RawPubSubPush.Read(request, body, formatter, logger);
    }

    private static CloudEvent FromHeaders(HttpRequest request, ReadOnlyMemory<byte> body, CloudEventFormatter formatter)
    {
        var version = CloudEventsSpecVersion.FromVersionId(request.Headers[HttpUtilities.SpecVersionHttpHeader].First())
            ?? throw new ArgumentException("The CloudEvents version is not known.");
        var cloudEvent = new CloudEvent(version);
        foreach (var (name, values) in request.Headers)
        {
            var attribute = HttpUtilities.GetAttributeNameFromHeaderName(name);
            if (attribute is not null && attribute != CloudEventsSpecVersion.SpecVersionAttribute.Name)
            {
                cloudEvent.SetAttributeFromString(attribute, HttpUtilities.DecodeHeaderValue(values.First()!));
            }
        }

        // After the headers of the event, and over what they say.
        cloudEvent.DataContentType = request.ContentType;
        formatter.DecodeBinaryModeEventData(body, cloudEvent);
        return cloudEvent.Validate();
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
