using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Framework;

/// <summary>Serves an untyped CloudEvent function over HTTP.</summary>
public sealed class CloudEventAdapter(
    ICloudEventFunction function, CloudEventFormatter formatter, ILogger<CloudEventAdapter> logger) : IHttpFunction
{
    public async Task HandleAsync(HttpContext context)
    {
        if (await CloudEventRequest.ReadAsync(context, formatter, logger) is { } cloudEvent)
        {
            await function.HandleAsync(cloudEvent, context.RequestAborted);
        }
    }
}

/// <summary>Serves a typed CloudEvent function over HTTP.</summary>
public sealed class CloudEventAdapter<TData>(
    ICloudEventFunction<TData> function, CloudEventFormatter formatter, ILogger<CloudEventAdapter<TData>> logger) : IHttpFunction
    where TData : class
{
    public async Task HandleAsync(HttpContext context)
    {
        if (await CloudEventRequest.ReadAsync(context, formatter, logger) is not { } cloudEvent)
        {
            return;
        }

        // Null data of an event without a body goes through as it does in the real framework.
        await function.HandleAsync(cloudEvent, (TData)cloudEvent.Data!, context.RequestAborted);
    }
}
