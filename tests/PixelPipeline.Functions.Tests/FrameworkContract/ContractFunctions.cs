using System.Text.Json;
using CloudNative.CloudEvents;
using Google.Cloud.Functions.Framework;
using Google.Events.Protobuf.Cloud.PubSub.V1;
using Google.Events.Protobuf.Cloud.Storage.V1;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.Functions.Tests.FrameworkContract;

/// <summary>Tells in headers what a function was given, since the answer to an event has no body.</summary>
public sealed class Seen(IHttpContextAccessor accessor)
{
    private static int _instances;

    private readonly int _instance = Interlocked.Increment(ref _instances);

    public void Tell(CloudEvent cloudEvent, object? data)
    {
        var headers = accessor.HttpContext!.Response.Headers;
        headers["x-instance"] = $"{_instance}";
        headers["x-event"] = JsonSerializer.Serialize(new
        {
            cloudEvent.Id,
            cloudEvent.Type,
            cloudEvent.Subject,
            cloudEvent.Time,
            cloudEvent.DataContentType,
            Source = cloudEvent.Source?.OriginalString,
            Topic = cloudEvent["topic"],
        });
        headers["x-data"] = JsonSerializer.Serialize(data);
    }
}

/// <summary>Handles messages: some texts make it fail, log, or wait for a second message.</summary>
public sealed class MessageEcho(Seen seen, ILogger<MessageEcho> logger) : ICloudEventFunction<MessagePublishedData>
{
    private static readonly Barrier Meeting = new(participantCount: 2);

    public async Task HandleAsync(CloudEvent cloudEvent, MessagePublishedData data, CancellationToken cancellationToken)
    {
        if (data is null)
        {
            seen.Tell(cloudEvent, "no data");
            return;
        }

        var message = data.Message;
        switch (message?.TextData)
        {
            case "throw":
                throw new InvalidOperationException("told to");
            case "log":
                logger.LogWarning(new InvalidOperationException("the cause"), "Saw {Count} of {Text}", 2, "them");
                break;
            case "meet":
                await Task.Run(() => Meeting.SignalAndWait(TimeSpan.FromSeconds(20), cancellationToken), cancellationToken);
                break;
        }

        seen.Tell(cloudEvent, message is null ? null : new
        {
            message.MessageId,
            message.TextData,
            Data = message.Data.ToBase64(),
            message.Attributes,
            message.OrderingKey,
            PublishTime = message.PublishTime?.ToDateTimeOffset(),
            PublishNanos = message.PublishTime?.Nanos,
            data.Subscription,
        });
    }
}

/// <summary>Handles object events.</summary>
public sealed class ObjectEcho(Seen seen) : ICloudEventFunction<StorageObjectData>
{
    public Task HandleAsync(CloudEvent cloudEvent, StorageObjectData data, CancellationToken cancellationToken)
    {
        seen.Tell(cloudEvent, new
        {
            data.Bucket,
            data.Name,
            data.Size,
            data.Generation,
            data.ContentType,
            data.ContentEncoding,
            TimeCreated = data.TimeCreated.ToDateTimeOffset(),
        });
        return Task.CompletedTask;
    }
}

/// <summary>Handles any event, its data not read.</summary>
public sealed class UntypedEcho(Seen seen) : ICloudEventFunction
{
    public Task HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken)
    {
        seen.Tell(cloudEvent, null);
        return Task.CompletedTask;
    }
}

/// <summary>Answers with the setting that the path names; <c>/until-stopped</c> ends when the process is told to.</summary>
public sealed class HttpEcho(IConfiguration configuration, IHostApplicationLifetime lifetime) : IHttpFunction
{
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var path = context.Request.Path.Value!.Trim('/');
        await context.Response.WriteAsync($"{context.Request.Method} {configuration[path]}");
        if (path == "until-stopped")
        {
            await context.Response.Body.FlushAsync();
            var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = lifetime.ApplicationStopping.Register(stopping.SetResult);
            await stopping.Task;
            await context.Response.WriteAsync("served");
        }
    }
}

/// <summary>What the assembly of one function is made of.</summary>
public class Greeting : IHttpFunction
{
    public Task HandleAsync(HttpContext context) => context.Response.WriteAsync("the only one");
}
